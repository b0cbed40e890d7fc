import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '#contract/errors.ts';
import type { DirectoryStatus } from '#contract/ipc/index.ts';
import { ownDirectory } from '#renderer/bridge/demo-directories.ts';
import { sampleSource } from '#renderer/gallery/sample-sources.ts';
import { remedyOf, sourceState } from './source-state.ts';

const failing = (code: ErrorCode, part: Partial<DirectoryStatus> = {}) =>
  sampleSource({ problem: { code, values: {}, detail: null }, ...part });

describe('the state of a source', () => {
  it('is up to date when it was read and nothing is wrong', () => {
    expect(sourceState(sampleSource())).toEqual({ name: 'fresh', tone: 'good' });
  });

  it('is what goes on now, whatever went wrong before', () => {
    const reading = { state: 'refreshing', progress: { done: 5, total: 9 } } as const;
    expect(sourceState(failing('directory.unreachable', reading)).name).toBe('readingOf');
    expect(sourceState(failing('directory.unreachable', { ...reading, progress: null })).name).toBe('reading');
    expect(sourceState(failing('directory.unreachable', { state: 'waiting' })).name).toBe('waiting');
  });

  it('is failed, and differs from one that never could be read and from one that was read in part', () => {
    expect(sourceState(failing('directory.unreachable'))).toEqual({ name: 'failed', tone: 'bad' });
    expect(sourceState(failing('directory.unreachable', { refreshedAt: null })).name).toBe('failedNever');
    expect(sourceState(failing('directory.limit-reached'))).toEqual({ name: 'partly', tone: 'waiting' });
  });

  it('is paused, also where the last reading failed', () => {
    expect(sourceState(failing('directory.unreachable', { enabled: false }))).toEqual({ name: 'paused', tone: 'off' });
  });

  it('of the own contacts is good, and an import while one runs', () => {
    expect(sourceState(ownDirectory())).toEqual({ name: 'own', tone: 'good' });
    expect(sourceState(ownDirectory({ state: 'refreshing', progress: { done: 1, total: 2 } })).name).toBe(
      'importingOf',
    );
  });
});

describe('what can be done about a failure', () => {
  it('is what the failure asks for', () => {
    expect(remedyOf(failing('directory.wrong-password', { kind: 'ldap' }))).toBe('password');
    expect(remedyOf(failing('directory.sign-in-needed', { kind: 'graph' }))).toBe('signIn');
    expect(remedyOf(failing('directory.no-numbers'))).toBe('columns');
    expect(remedyOf(failing('directory.certificate-untrusted', { kind: 'ldap' }))).toBe('certificate');
  });

  it('is nothing where only waiting helps, or where the form has no such field', () => {
    expect(remedyOf(failing('directory.timed-out'))).toBeNull();
    expect(remedyOf(failing('directory.certificate-untrusted', { kind: 'onec' }))).toBeNull();
    expect(remedyOf(sampleSource())).toBeNull();
  });
});
