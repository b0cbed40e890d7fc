import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

type Theme = Record<string, string>;

function theme(name: 'light' | 'dark'): Theme {
  const block = new RegExp(`\\[data-theme='${name}'\\][^{]*\\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]));
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

const surfaces = ['surface-0', 'surface-1', 'surface-2'];
const texts = [
  ...surfaces.flatMap((surface) => ['text-strong', 'text', 'text-muted', 'accent', 'danger'].map((text) => [text, surface])),
  ...['accent', 'positive', 'danger', 'warning', 'attention'].flatMap((role) => [
    [role, `${role}-soft`],
    ['text-strong', `${role}-soft`],
    ['text', `${role}-soft`],
  ]),
  ...['positive', 'danger', 'warning'].map((role) => [role, 'surface-0']),
  ['text-muted', 'warning-soft'],
  ['text-muted', 'accent-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-positive', 'positive'],
  ['on-positive', 'positive-strong'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-strong'],
] as [string, string][];

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  const colours = theme(name);

  it.each(texts)('lets %s be read on %s', (text, surface) => {
    expect(contrast(colours[text]!, colours[surface]!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(surfaces.slice(0, 2))('draws controls clearly on %s', (surface) => {
    expect(contrast(colours['line-control']!, colours[surface]!)).toBeGreaterThanOrEqual(3);
  });

  it('knows the same names as the other', () => {
    expect(Object.keys(colours).sort()).toEqual(Object.keys(theme(name === 'light' ? 'dark' : 'light')).sort());
  });
});
