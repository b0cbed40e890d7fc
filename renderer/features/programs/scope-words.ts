import type { Scope } from '#contract/local-api/scopes.ts';

const words: Record<Scope, string> = {
  'calls:read': 'callsRead',
  'calls:dial': 'callsDial',
  'calls:control': 'callsControl',
  'people:read': 'peopleRead',
  'people:show': 'peopleShow',
  'log:read': 'logRead',
  'log:write': 'logWrite',
};

/** Key of the sentence that says what a program may do by it. */
export function scopeKey(scope: Scope): string {
  return `program.scope.${words[scope]}`;
}
