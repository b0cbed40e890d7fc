import { describe, expect, it } from 'vitest';
import { daysLeft, nextNotice, type RetentionLook, type RetentionNotice } from './retention-notice.ts';

const plan = { callsBefore: 1000, calls: 5, recordingsBefore: null, recordings: 0, recordingBytes: 0 };
const look = (fields: Partial<RetentionLook> = {}): RetentionLook => {
  return { policy: 'a', plan, today: '2026-01-01', visible: true, ...fields };
};
const days = (count: number, fields: Partial<RetentionLook> = {}, from: RetentionNotice | null = null) => {
  let notice = from;
  for (let day = 1; day <= count; day += 1) notice = nextNotice(notice, look({ today: `day-${day}`, ...fields }));
  return notice!;
};

describe('a warning', () => {
  it('stands for seven days on which it can be seen, the first not counted, before anything is due', () => {
    expect([1, 2, 7, 8, 20].map((count) => daysLeft(days(count)))).toEqual([7, 6, 1, 0, 0]);
  });

  it('does not grow older while no window shows it, nor twice on one day', () => {
    expect(daysLeft(days(20, { visible: false }))).toBe(7);
    expect(daysLeft(days(20, { today: 'the same' }))).toBe(7);
  });

  it('keeps to what it told first, so that what falls due later is told later', () => {
    const notice = nextNotice(days(3), look({ today: 'later', plan: { ...plan, callsBefore: 2000 } }));
    expect(notice).toMatchObject({ callsBefore: 1000, daysSeen: 4 });
  });

  it('begins anew with other settings, and goes when nothing would go', () => {
    expect(nextNotice(days(6), look({ policy: 'b', today: 'x' }))).toMatchObject({ daysSeen: 1 });
    expect(nextNotice(days(6), look({ plan: { ...plan, callsBefore: null } }))).toBeNull();
  });

  it('spares what is not old any more once a clock that was years ahead is right again', () => {
    const ahead = days(8, { plan: { ...plan, callsBefore: 9_000_000 } });
    expect(nextNotice(ahead, look({ plan }))).toMatchObject({ callsBefore: 1000 });
    expect(daysLeft(nextNotice(null, look({ today: '2099-01-01', plan: { ...plan, callsBefore: 9_000_000 } }))!)).toBe(
      7,
    );
  });
});
