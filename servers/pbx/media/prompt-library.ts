import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodecName } from '#core/media/index.ts';
import { promptExtensions, readPrompt, type Prompt } from '#core/media/prompt/index.ts';

export type Language = 'ru' | 'en';

/** What can be said, in either language. */
export const spokenPrompts = [
  'menu',
  'digits',
  'echo',
  'goodbye',
  'unknown',
  ...[...'0123456789'].map((digit) => `digit-${digit}` as const),
  'digit-hash',
] as const;
export type SpokenPrompt = (typeof spokenPrompts)[number];

/** Recorded sound in every codec; nothing is transcoded when it is played. */
export interface PromptLibrary {
  speech(language: Language, name: SpokenPrompt, codec: CodecName): Prompt | null;
  music(codec: CodecName): Prompt | null;
}

const codecs = Object.keys(promptExtensions) as CodecName[];

/** Reads everything at once (about a megabyte), so that no call waits for a disk. Missing files are left out. */
export function readPromptLibrary(folder: string): PromptLibrary {
  const prompts = new Map<string, Prompt>();
  const names = ['ru', 'en'].flatMap((language) => spokenPrompts.map((name) => `${language}/${name}`));
  for (const name of [...names, 'music'])
    for (const codec of codecs) {
      const file = readIfThere(path.join(folder, `${name}.${promptExtensions[codec]}`));
      if (file) prompts.set(`${name} ${codec}`, readPrompt(codec, file));
    }
  return {
    speech: (language, name, codec) => prompts.get(`${language}/${name} ${codec}`) ?? null,
    music: (codec) => prompts.get(`music ${codec}`) ?? null,
  };
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
