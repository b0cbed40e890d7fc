import { expect, it } from 'vitest';
import { callMark } from './call-mark.ts';
import { describeCall } from './describe-call.ts';
import { journalledCall } from './journalled-call.test-support.ts';

it('says in the user’s words with whom, when, how long and what came of it', () => {
  expect(describeCall(journalledCall(), 'ru')).toEqual({
    subject: 'Входящий звонок: Иванова Ольга, ООО «Ромашка»',
    body: [
      'Иванова Ольга',
      'ООО «Ромашка»',
      'Номер: +7 495 123-45-67',
      'Начало: 26.11.2026 14:05',
      'Длительность: 3:05',
      'Чем закончился: разговор состоялся',
      'Линия: Офис',
      'Итог: Договорились',
      '',
      'Ждёт счёт',
    ].join('\n'),
  });
  const missed = { answeredAt: null, disposition: 'missed', name: '', firm: '', outcome: null, note: '' } as const;
  expect(describeCall(journalledCall(missed), 'en')).toEqual({
    subject: 'Missed call: +7 495 123-45-67',
    body: 'Number: +7 495 123-45-67\nBegan: 2026-11-26 14:04\nHow it ended: missed\nLine: Офис',
  });
});

it('lets no name break out of its line, and no note be endless', () => {
  const { subject, body } = describeCall(
    journalledCall({ name: 'Иван\r\nBcc: all\u202Eevil', firm: 'x'.repeat(500), note: 'я'.repeat(30_000) }),
    'ru',
  );
  expect(subject).not.toMatch(/[\r\n\u202E]/);
  expect(subject.length).toBeLessThanOrEqual(200);
  expect(body.split('\n')[0]).not.toContain('\u202E');
  expect(body.length).toBe(20_000);
});

it('knows a call by letters and digits alone, whatever its id is made of', () => {
  expect(callMark(`a' OR 1=1 --"`)).toMatch(/^[\w-]{32}$/);
  expect(callMark('a')).not.toBe(callMark('b'));
});
