import type { DemoAutomationState } from '#renderer/bridge/demo-automations.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { noAutomations } from '#renderer/bridge/demo-automations.ts';
import { ownDirectory } from '#renderer/bridge/demo-directories.ts';
import { useScreenStore } from '#renderer/app/screen-store.ts';
import { sampleSource } from './sample-sources.ts';

const minute = 60_000;

export const sampleOnec = () =>
  sampleSource({
    ...{ id: 'trade', kind: 'onec', label: 'Управление торговлей' },
    config: {
      ...{ kind: 'onec', url: 'https://1c.office.example/trade/odata/standard.odata', user: 'Оператор' },
      ...{ catalogs: ['Catalog_Контрагенты'], infobase: '' },
    },
  });

/** Actions of every kind, with runs; journals, with what waits for them. */
export function sampleAutomations(part: Partial<DemoAutomationState> = {}): DemoAutomationState {
  const now = Date.now();
  const each = { enabled: true, direction: 'any', internal: false, lineId: null, hasSecret: false } as const;
  const run = (actionId: string, actionLabel: string, ago: number) => ({
    ...({
      actionId,
      actionLabel,
      at: now - ago * minute,
      event: 'ring',
      subject: '+7 495 000-00-12, 14:05',
      error: null,
    } as const),
  });
  return {
    ...noAutomations(),
    actions: [
      {
        ...{ ...each, id: 'crm', label: 'Карточка в CRM', events: ['ring'], direction: 'incoming' },
        task: { kind: 'address', address: 'https://crm.office.example/search?phone={number}&from=offhook' },
      },
      {
        ...{ ...each, id: 'sound', label: 'Приглушить музыку', events: ['answer', 'end'], enabled: false },
        task: { kind: 'program', program: 'C:\\Program Files\\Player\\player.exe', arguments: ['--call', '{event}'] },
      },
      {
        ...{ ...each, id: 'hook', label: 'Сервер заявок', events: ['end', 'missed'], hasSecret: true },
        task: { kind: 'webhook', url: 'https://desk.office.example/hooks/calls' },
      },
    ],
    runs: [
      run('crm', 'Карточка в CRM', 2),
      {
        ...run('hook', 'Сервер заявок', 8),
        ...{ event: 'missed', subject: '+7 903 000-00-42, 13:58' },
        error: { code: 'delivery.unreachable', values: { host: 'desk.office.example' }, detail: 'ECONNREFUSED' },
      },
      ...[14, 25, 31, 44].map((ago) => run('crm', 'Карточка в CRM', ago)),
    ],
    journals: [
      { id: 'j1', enabled: true, calls: 'answered', internal: false, config: { kind: 'onec', directoryId: 'trade' } },
      { id: 'j2', enabled: false, calls: 'all', internal: true, config: { kind: 'outlook', write: 'task' } },
    ],
    deliveries: [
      {
        ...{ id: 1, kind: 'onec', targetId: 'j1', targetLabel: 'Управление торговлей', state: 'waiting', attempts: 5 },
        ...{ subject: '+7 495 000-00-12, 14:05', createdAt: now - 90 * minute, nextAt: now + 4 * minute },
        error: { code: 'delivery.unreachable', values: { host: '1c.office.example' }, detail: 'ETIMEDOUT' },
      },
      {
        ...{ id: 2, kind: 'onec', targetId: 'j1', targetLabel: 'Управление торговлей', state: 'refused', attempts: 1 },
        ...{ subject: '+7 903 000-00-42, 13:58', createdAt: now - 80 * minute, nextAt: null },
        error: {
          ...{ code: 'delivery.no-object', values: { host: '1c.office.example', object: 'Document_ТелефонныйЗвонок' } },
          detail: 'HTTP 404',
        },
      },
      {
        ...{ id: 3, kind: 'webhook', targetId: 'hook', targetLabel: 'Сервер заявок', state: 'trying', attempts: 0 },
        ...{ subject: '+7 916 000-00-07, 15:20', createdAt: now - minute, nextAt: null, error: null },
      },
    ],
    ...part,
  };
}

const withAutomations =
  (full: () => DemoState, automations: DemoAutomationState, directories = [ownDirectory(), sampleOnec()]) =>
  (): DemoState => {
    const state = full();
    return { ...state, sources: { ...state.sources, list: directories }, automations };
  };

/** The pages of event actions and journals in their states. */
export const automationStates = (full: () => DemoState): Record<string, () => DemoState> => {
  const trial = {
    code: 'delivery.refused',
    values: { host: 'desk.office.example', status: 404 },
    detail: 'HTTP 404',
  } as const;
  return {
    automations: withAutomations(full, sampleAutomations()),
    automationsNone: withAutomations(full, noAutomations()),
    automationsFailing: () => ({ ...full(), broken: ['eventActions.list', 'journals.list'] }),
    actionNew: withAutomations(full, noAutomations()),
    actionProgram: withAutomations(full, sampleAutomations()),
    actionWebhook: withAutomations(full, sampleAutomations({ trial })),
    journalNew: withAutomations(full, noAutomations()),
    journalNoConnection: withAutomations(full, noAutomations(), [ownDirectory()]),
  };
};

async function click(testId: string, index = 0): Promise<void> {
  for (let frame = 0; frame < 120; frame += 1) {
    const found = document.querySelectorAll<HTMLElement>(`[data-testid=${testId}]`)[index];
    if (found) return found.click();
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** What a user has done by then. */
export async function openAutomations(name: string): Promise<void> {
  useScreenStore().showSettings('programs');
  if (name === 'actionNew') await click('add-action');
  if (name === 'actionProgram') await click('edit-action', 1);
  if (name === 'actionWebhook') {
    await click('edit-action', 2);
    await click('test-action');
  }
  if (name.startsWith('journal')) await click('add-journal');
  if (name === 'journalNew') await click('test-journal');
}
