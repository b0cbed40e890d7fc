import { describe, expect, it } from 'vitest';
import { sampleLoggedCall, sampleRecord } from '#renderer/gallery/samples.ts';
import { addDays, dayStart } from './local-days.ts';
import { partyFilter, redialText, talkMilliseconds } from './record-words.ts';

describe('a call record', () => {
  it('dials the extension with the number', () => {
    expect(redialText(sampleRecord({ number: '+74951234567', extension: '12' }))).toBe('+74951234567,12');
    expect(redialText(sampleRecord({ number: '+74951234567', extension: '1234567' }))).toBe('+74951234567;ext=1234567');
  });

  it('cannot be called back when the number was withheld', () => {
    expect(redialText(sampleRecord({ number: null, display: '', withheld: true }))).toBeNull();
  });

  it('counts talking time from the answer, and none where nobody answered', () => {
    expect(talkMilliseconds(sampleRecord({ offeredAt: 0, answeredAt: 5000, endedAt: 65_000 }))).toBe(60_000);
    expect(talkMilliseconds(sampleRecord({ answeredAt: null }))).toBeNull();
  });

  it('belongs with the calls of its person, else of its number, else with none', () => {
    const call = sampleLoggedCall({ number: '110' });
    expect(partyFilter({ ...call, person: { id: 'p1', name: 'Ольга' } })).toEqual({ personId: 'p1' });
    expect(partyFilter(call)).toEqual({ partyKey: '110' });
    expect(partyFilter(sampleLoggedCall({ number: null, withheld: true }))).toBeNull();
  });
});

describe('local days', () => {
  it('begin at midnight, also a month later', () => {
    const noon = new Date(2026, 10, 22, 12).getTime();
    expect(dayStart(noon)).toBe(new Date(2026, 10, 22).getTime());
    expect(addDays(noon, -30)).toBe(new Date(2026, 9, 23).getTime());
  });
});
