import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CodecName } from '#core/media/index.ts';
import { promptExtensions, readPrompt, writePrompt, type Prompt } from '#core/media/prompt/index.ts';
import { composeMusic, musicRate } from './compose-music.ts';
import { readOpusPackets } from './ogg-packets.ts';
import { texts } from './texts.ts';

const voices = { ru: '(voice_msu_ru_nsh_clunits)', en: '(voice_cmu_us_slt_arctic_hts)' };
// The Russian voice dawdles.
const tempo = { ru: '1.15', en: '1' };
const target = path.join(import.meta.dirname, '..', '..', 'resources', 'prompts');
const scratch = mkdtempSync(path.join(tmpdir(), 'offhook-prompts-'));
const at = (name: string) => path.join(scratch, name);

// ffmpeg's output options for each codec; opus in frames of 20 ms, as its files here are played.
const encodings: Record<CodecName, string[]> = {
  PCMA: ['-ar', '8000', '-c:a', 'pcm_alaw', '-f', 'alaw'],
  PCMU: ['-ar', '8000', '-c:a', 'pcm_mulaw', '-f', 'mulaw'],
  G722: ['-ar', '16000', '-c:a', 'g722', '-f', 'g722'],
  opus: ['-ar', '48000', '-c:a', 'libopus', '-b:a', '24k', '-frame_duration', '20', '-f', 'ogg'],
};

function run(command: string, args: string[], input?: string): void {
  execFileSync(command, args, { input, stdio: ['pipe', 'ignore', 'pipe'] });
}

function speak(language: 'ru' | 'en', text: string): string {
  run('text2wave', ['-eval', voices[language], '-o', at('spoken.wav')], text);
  // Both voices at the same level, without what a telephone does not carry and without the silence around.
  const shaping = ['rate', '-v', '48000', 'highpass', '120', 'silence', '1', '0.02', '0.3%', 'reverse', 'silence', '1', '0.02', '0.3%', 'reverse'];
  run('sox', [at('spoken.wav'), '-c', '1', at('shaped.wav'), ...shaping, 'tempo', '-s', tempo[language], 'pad', '0.06', '0.1', 'norm', '-6']);
  return at('shaped.wav');
}

function playMusic(): string {
  const samples = composeMusic();
  const peak = samples.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
  const raw = Buffer.alloc(samples.length * 2);
  samples.forEach((value, index) => raw.writeInt16LE(Math.round((value / peak) * 0.35 * 32767), index * 2));
  writeFileSync(at('music.raw'), raw);
  run('sox', ['-t', 'raw', '-r', String(musicRate), '-e', 'signed', '-b', '16', '-c', '1', at('music.raw'), at('music.wav')]);
  return at('music.wav');
}

function encode(wav: string, codec: CodecName): Prompt {
  run('ffmpeg', ['-y', '-v', 'error', '-i', wav, '-ac', '1', ...encodings[codec], at('encoded')]);
  const bytes = readFileSync(at('encoded'));
  return codec === 'opus' ? { codec, frames: readOpusPackets(bytes) } : readPrompt(codec, bytes);
}

function write(name: string, wav: string): void {
  for (const codec of Object.keys(encodings) as CodecName[]) {
    const file = path.join(target, `${name}.${promptExtensions[codec]}`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, writePrompt(encode(wav, codec)));
  }
}

for (const language of ['ru', 'en'] as const)
  for (const [name, text] of Object.entries(texts[language])) write(`${language}/${name}`, speak(language, text));
write('music', playMusic());
rmSync(scratch, { recursive: true });
