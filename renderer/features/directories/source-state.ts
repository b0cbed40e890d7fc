import type { DirectoryStatus } from '#contract/ipc/index.ts';
import type { StatusTone } from '#renderer/features/lines/line-status.ts';

export type SourceStateName =
  | 'own'
  | 'importing'
  | 'importingOf'
  | 'paused'
  | 'pausedNever'
  | 'waiting'
  | 'reading'
  | 'readingOf'
  | 'failed'
  | 'failedNever'
  | 'partly'
  | 'never'
  | 'fresh';

export interface SourceState {
  name: SourceStateName;
  tone: StatusTone;
}

/** Failures after which what is shown is still nearly all, or that pass by themselves. */
const mild: ReadonlySet<string> = new Set([
  'directory.cancelled',
  'directory.limit-reached',
  'directory.locked',
  'directory.outlook-busy',
  'directory.busy',
]);

export const isMild = (code: string): boolean => mild.has(code);

/** What the one place for a source's state says; what is going on now comes before what was. */
export function sourceState(source: DirectoryStatus): SourceState {
  const { kind, state, progress, problem, refreshedAt } = source;
  if (state === 'refreshing') {
    const [some, of] = kind === 'own' ? (['importing', 'importingOf'] as const) : (['reading', 'readingOf'] as const);
    return { name: progress?.total == null ? some : of, tone: 'waiting' };
  }
  if (state === 'waiting') return { name: 'waiting', tone: 'waiting' };
  if (kind === 'own') return { name: 'own', tone: 'good' };
  if (!source.enabled) return { name: refreshedAt === null ? 'pausedNever' : 'paused', tone: 'off' };
  if (problem && isMild(problem.code) && refreshedAt !== null) return { name: 'partly', tone: 'waiting' };
  if (problem) return { name: refreshedAt === null ? 'failedNever' : 'failed', tone: 'bad' };
  return refreshedAt === null ? { name: 'never', tone: 'waiting' } : { name: 'fresh', tone: 'good' };
}

export type SourceRemedy = 'signIn' | 'password' | 'file' | 'columns' | 'certificate' | 'settings';

const remedies: Partial<Record<string, SourceRemedy>> = {
  'directory.sign-in-needed': 'signIn',
  'directory.sign-in-failed': 'signIn',
  'directory.wrong-password': 'password',
  'directory.not-found': 'file',
  'directory.unsupported-file': 'file',
  'directory.no-header': 'columns',
  'directory.no-numbers': 'columns',
  'directory.certificate-untrusted': 'certificate',
  'directory.certificate-wrong-name': 'settings',
  'directory.name-not-found': 'settings',
  'directory.bad-answer': 'settings',
  'directory.invalid': 'settings',
  'directory.referral': 'settings',
  'directory.limit-reached': 'settings',
};

/** What the user can do about a failure of this source, beside trying again. */
export function remedyOf({ kind, problem }: DirectoryStatus): SourceRemedy | null {
  const remedy = (problem && remedies[problem.code]) ?? null;
  if (kind === 'pbx' || kind === 'own') return null;
  if (remedy === 'certificate' && kind !== 'ldap') return null;
  // A sign-in that ended is a password for those that have no other.
  return remedy === 'signIn' && kind !== 'graph' ? 'password' : remedy;
}
