import { describe, expect, it } from 'vitest';
import { shortcutOf, shortcuts } from './shortcuts.ts';

const key = (code: string, part = {}) => ({ code, altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, ...part });

describe('shortcuts', () => {
  it('go by the place of a key, so that a Russian layout has them too', () => {
    expect(shortcutOf(key('KeyA'))).toBe('answer');
    expect(shortcutOf(key('KeyX'))).toBe('hangUp');
  });

  it('leave other combinations to the system', () => {
    expect(shortcutOf(key('KeyA', { altKey: false }))).toBeNull();
    expect(shortcutOf(key('KeyA', { ctrlKey: true }))).toBeNull();
    expect(shortcutOf(key('KeyQ'))).toBeNull();
  });

  it('find by Ctrl+F, or by the command key', () => {
    expect(shortcutOf(key('KeyF', { altKey: false, ctrlKey: true }))).toBe('find');
    expect(shortcutOf(key('KeyF', { altKey: false, metaKey: true }))).toBe('find');
    expect(shortcutOf(key('KeyF'))).toBeNull();
  });

  it('are each another key', () => {
    const codes = Object.values(shortcuts).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
