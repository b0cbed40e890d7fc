import { describe, expect, it } from 'vitest';
import { sampleAnnotation } from '#renderer/gallery/call-log-samples.ts';
import { sampleLoggedCall } from '#renderer/gallery/samples.ts';
import { dueAt, fromLocalInput, snoozeChoices, toLocalInput } from './follow-up-times.ts';
import { joinChanges } from './join-changes.ts';

const noon = new Date(2026, 10, 22, 12).getTime();
const minute = 60_000;

describe('a time to call again', () => {
  it('is tomorrow at nine by the clock on the wall', () => {
    const tomorrow = snoozeChoices(noon).find(({ id }) => id === 'tomorrow');
    expect(tomorrow?.at).toBe(new Date(2026, 10, 23, 9).getTime());
  });

  it('reads back what it shows, and nothing from what is no time', () => {
    expect(fromLocalInput(toLocalInput(noon))).toBe(noon);
    expect([fromLocalInput(''), fromLocalInput('завтра'), toLocalInput(null)]).toEqual([null, null, '']);
  });

  it('is when it was put off to, and never once it is done', () => {
    const call = (part: Parameters<typeof sampleAnnotation>[0]) =>
      sampleLoggedCall({}, { annotation: sampleAnnotation(part) });
    expect(dueAt(call({ followUpAt: noon }))).toBe(noon);
    expect(dueAt(call({ followUpAt: noon, snoozedUntil: noon + minute }))).toBe(noon + minute);
    expect(dueAt(call({ followUpAt: noon, followUpDoneAt: noon }))).toBe(Infinity);
  });
});

describe('changes', () => {
  const note = (at: number, before: string | null, after: string) => ({ at, field: 'note' as const, before, after });

  it('of one field within a minute are one, from the first text to the last', () => {
    const changes = [note(noon, 'аб', 'абв'), note(noon - 30_000, 'а', 'аб'), note(noon - 90_000, null, 'а')];
    expect(joinChanges(changes)).toEqual([note(noon, 'а', 'абв'), note(noon - 90_000, null, 'а')]);
  });

  it('of other fields stay apart, and what came to nothing is left out', () => {
    const tags = { at: noon, field: 'tags' as const, before: null, after: 'счёт' };
    const back = [note(noon, 'аб', 'а'), tags, note(noon - 1000, 'а', 'аб')];
    expect(joinChanges(back)).toEqual([tags]);
  });
});
