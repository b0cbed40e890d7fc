import { expect, it } from 'vitest';
import { sampleRecording } from '#renderer/gallery/samples.ts';
import { fileNameOf } from './file-name.ts';

it('names a saved recording by when it began, with the ending of its kind', () => {
  const startedAt = new Date(2026, 0, 5, 9, 7).getTime();
  const title = (moment: string) => `Разговор ${moment}`;
  expect(fileNameOf(sampleRecording({ startedAt, mediaType: 'audio/webm' }), title)).toBe(
    'Разговор 2026-01-05 09-07.webm',
  );
  expect(fileNameOf(sampleRecording({ startedAt, mediaType: 'audio/mpeg' }), title)).toBe(
    'Разговор 2026-01-05 09-07.mp3',
  );
});
