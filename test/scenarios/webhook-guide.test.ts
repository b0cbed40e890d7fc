import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { signatureOf } from '#core/office/event-actions/webhook-post.ts';

const guides = ['event-actions.md', 'event-actions.ru.md'].map((name) =>
  readFileSync(fileURLToPath(new URL(`../../docs/guides/${name}`, import.meta.url)), 'utf8'),
);
const example = (language: string) => {
  const found = guides.map((guide) => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1] ?? '');
  expect(new Set(found).size).toBe(1);
  return found[0] ?? '';
};

const body = '{"event":"missed","call":{"name":"Пётр"}}';
const secret = 'ключ';

/** Whether the guide's own example takes a message; a program of each language runs it. */
const readers: Record<string, (stamp: string, signature: string, text: string) => boolean> = {
  js(stamp, signature, text) {
    const call = `console.log(isFromOffhook(JSON.parse(process.argv[1]), process.argv[2], ${JSON.stringify(secret)}))`;
    const headers = JSON.stringify({ 'x-offhook-timestamp': stamp, 'x-offhook-signature': signature });
    const args = ['--input-type=module', '-e', `${example('js')}\n${call}`, headers, text];
    return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim() === 'true';
  },
  python(stamp, signature, text) {
    const headers = JSON.stringify({ 'X-Offhook-Timestamp': stamp, 'X-Offhook-Signature': signature });
    const call = `import sys, json\nprint(is_from_offhook(json.loads(sys.argv[1]), sys.argv[2].encode(), ${JSON.stringify(secret)}))`;
    return (
      execFileSync('python3', ['-c', `${example('python')}\n${call}`, headers, text], { encoding: 'utf8' }).trim() ===
      'True'
    );
  },
};

describe.each(Object.keys(readers))('the guide’s example in %s', (language) => {
  const takes = (stamp: string, signature: string, text = body) => readers[language]?.(stamp, signature, text);
  const now = String(Math.floor(Date.now() / 1000));
  const signed = (stamp: string) => `sha256=${signatureOf(secret, stamp, body)}`;

  it('takes what Offhook has signed', () => expect(takes(now, signed(now))).toBe(true));

  it('takes nothing else', () => {
    const old = String(Number(now) - 3600);
    expect(takes(now, signed(now), body.replace('missed', 'answer'))).toBe(false);
    expect(takes(old, signed(old))).toBe(false);
    expect(takes(now, signed(old))).toBe(false);
    expect(takes(now, '')).toBe(false);
  });
});
