import { useI18n } from 'vue-i18n';
import type { AuditEntry } from '#contract/ipc/index.ts';
import { scope } from '#contract/local-api/scopes.ts';
import { scopeKey } from './scope-words.ts';

const key = (word: string) => `program.action.${word.replaceAll(/[^a-zA-Z]/g, '')}`;
/** What a call is called by programs; it says nothing to a person. */
const callId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** An entry of the audit in words. What has none is shown as it is: it is for whoever looks into something. */
export function useAuditWords() {
  const { t, te } = useI18n();
  const wordOf = (word: string) => (te(key(word)) ? t(key(word)) : word);

  function action(entry: AuditEntry): string {
    return wordOf(entry.action);
  }

  /** A number, an address; operations and scopes, where one was refused or let in, by their words. */
  function subject(entry: AuditEntry): string {
    if (callId.test(entry.subject)) return '';
    const scopes = entry.subject.split(' ').map((word) => scope.safeParse(word));
    if (!scopes.every(({ success }) => success)) return wordOf(entry.subject);
    return scopes.map(({ data }) => t(scopeKey(data!))).join(' · ');
  }

  return { action, subject };
}
