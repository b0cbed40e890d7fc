import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { promptExtensions } from '#core/media/prompt/index.ts';
import type { CodecName } from '#core/media/index.ts';
import { readPromptLibrary, spokenPrompts } from './prompt-library.ts';

const library = readPromptLibrary(path.join(import.meta.dirname, '..', '..', '..', 'resources', 'prompts'));
const codecs = Object.keys(promptExtensions) as CodecName[];

describe('the prompts', () => {
  it('are all there, in both languages and every codec, and equally long in each', () => {
    for (const language of ['ru', 'en'] as const)
      for (const name of spokenPrompts) {
        const lengths = codecs.map((codec) => library.speech(language, name, codec)?.frames.length ?? 0);
        expect(Math.min(...lengths), `${language}/${name}`).toBeGreaterThan(10);
        expect(Math.max(...lengths) - Math.min(...lengths), `${language}/${name}`).toBeLessThanOrEqual(3);
      }
  });

  it('have sixteen seconds of music in every codec', () => {
    for (const codec of codecs) expect(library.music(codec)!.frames.length).toBeGreaterThanOrEqual(800);
  });

  it('are simply silent where a folder has none', () => {
    const empty = readPromptLibrary(path.join(import.meta.dirname, 'nowhere'));
    expect(empty.speech('ru', 'menu', 'PCMA')).toBeNull();
    expect(empty.music('opus')).toBeNull();
  });
});
