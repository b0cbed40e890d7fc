import { describe, expect, it } from 'vitest';
import { sampleRecord } from '#renderer/gallery/samples.ts';
import { groupByDay, dayStart } from './group-by-day.ts';
import { matches, redialText, talkMilliseconds } from './record-words.ts';

describe('a call record', () => {
  it('dials the extension with the number', () => {
    expect(redialText(sampleRecord({ number: '+74951234567', extension: '12' }))).toBe('+74951234567,12');
  });

  it('cannot be called back when the number was withheld', () => {
    expect(redialText(sampleRecord({ number: null, display: '', withheld: true }))).toBeNull();
  });

  it('counts talking time from the answer, and none where nobody answered', () => {
    expect(talkMilliseconds(sampleRecord({ offeredAt: 0, answeredAt: 5000, endedAt: 65_000 }))).toBe(60_000);
    expect(talkMilliseconds(sampleRecord({ answeredAt: null }))).toBeNull();
  });

  it('is found by part of a name in any case, and by digits however written', () => {
    const record = sampleRecord({ name: 'Ольга Демидова', number: '+79030000042', display: '+7 903 000-00-42' });
    expect(['демид', '903 000', '00-42', ''].map((text) => matches(record, text))).toEqual([true, true, true, true]);
    expect(['Иван', '916', 'д 903'].map((text) => matches(record, text))).toEqual([false, false, false]);
  });
});

describe('records by day', () => {
  it('keep their order and stand under local days', () => {
    const noon = new Date(2026, 10, 22, 12).getTime();
    const records = [noon, noon - 3_600_000, noon - 13 * 3_600_000].map((offeredAt) => sampleRecord({ offeredAt }));
    const groups = groupByDay(records);
    expect(groups.map(({ day }) => day)).toEqual([dayStart(noon), dayStart(noon - 13 * 3_600_000)]);
    expect(groups.flatMap((group) => group.records)).toEqual(records);
  });
});
