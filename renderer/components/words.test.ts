import { describe, expect, it } from 'vitest';
import { formatElapsed } from '#renderer/features/call/use-elapsed.ts';
import { initials } from './initials.ts';
import { closeGaps } from './use-error-text.ts';

describe('initials', () => {
  it('are the first letters of two words, in capitals', () => {
    expect(initials('Иван Петров')).toBe('ИП');
    expect(initials('ООО «образец»')).toBe('ОО');
  });

  it('are none for a number, nothing, or what has no letters', () => {
    expect([initials(null), initials('+7 495 123-45-67'), initials('***')]).toEqual(['', '', '']);
  });
});

describe('a sentence with a value that was not given', () => {
  it('closes the gap', () => {
    expect(closeGaps('Сервер  не найден.')).toBe('Сервер не найден.');
    expect(closeGaps('Нет связи с сервером .')).toBe('Нет связи с сервером.');
  });
});

describe('elapsed time', () => {
  it('counts minutes and seconds, and hours once there are any', () => {
    expect([0, 161_900, 3_600_000 + 62_000, -5].map(formatElapsed)).toEqual(['00:00', '02:41', '1:01:02', '00:00']);
  });
});
