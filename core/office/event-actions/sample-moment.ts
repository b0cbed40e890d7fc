import type { ActionEvent, EventAction } from '#contract/ipc/index.ts';
import type { CallMoment } from './call-facts.ts';

/** A call that never was, for trying out an action with the first of its events. */
export function sampleMoment(action: Pick<EventAction, 'events' | 'direction' | 'lineId'>, now: number): CallMoment {
  const event: ActionEvent = action.events[0] ?? 'ring';
  const ended = event === 'end' || event === 'missed';
  const answered = event === 'answer' || event === 'end';
  return {
    event,
    facts: {
      callId: 'test',
      lineId: action.lineId ?? 'test',
      lineLabel: 'Offhook',
      direction: action.direction === 'outgoing' && event !== 'missed' ? 'outgoing' : 'incoming',
      internal: false,
      number: '+74950000000',
      display: '+7 495 000-00-00',
      name: 'Иванов Иван',
      firm: 'ООО «Ромашка»',
      startedAt: now - 60_000,
      answeredAt: answered ? now - 50_000 : null,
      endedAt: ended ? now : null,
      disposition: ended ? (event === 'missed' ? 'missed' : 'answered') : null,
      note: '',
      outcome: null,
    },
  };
}
