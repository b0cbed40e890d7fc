import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ErrorReport } from '#contract/errors.ts';
import { root } from '#build/root.ts';
import { russian, words } from '../prepare/words.mjs';

/** What may go wrong while Offhook starts in a terminal; the window has a sentence for every code. */
const sentences: Partial<Record<ErrorReport['code'], () => string>> = {
  'line.timed-out': () => words('линия не зарегистрировалась за 10 с', 'the line did not register within 10 s'),
  'line.unreachable': () => words('встроенная АТС не отвечает', 'the built-in exchange does not answer'),
  'line.refused': () => words('встроенная АТС отказала в регистрации', 'the built-in exchange refused the registration'),
  'line.wrong-password': () =>
    words(
      'встроенная АТС не приняла пароль: удалите папку exchange в каталоге данных и запустите снова',
      'the built-in exchange did not take the password: remove the folder exchange from the data directory and start again',
    ),
  'line.none': () => words('нет ни одной линии', 'there is no line'),
  'line.not-registered': () => words('линия не зарегистрирована', 'the line is not registered'),
  'call.media-lost': () => words('на звонок ответили, но тон не вернулся', 'the call was answered, but the tone did not come back'),
  'call.timed-out': () => words('на звонок никто не ответил', 'nobody answered the call'),
  'storage.full': () => words('на диске нет места', 'the disk is full'),
  'storage.read-only': () => words('в каталог данных нельзя писать', 'the data directory cannot be written to'),
  'storage.newer': () =>
    words('данные записаны более новой версией Offhook: обновите её', 'the data is of a newer Offhook: update this one'),
};

export function sentence(error: ErrorReport): string {
  const known = sentences[error.code]?.();
  const detail = error.detail ? ` (${error.detail})` : '';
  return known ? known + detail : `${error.code}${detail}`;
}

/** The window's own sentence and advice for a code, so that both say the same of what stands in the way. */
export function standing(error: ErrorReport, language: 'ru' | 'en' = russian ? 'ru' : 'en'): string {
  const texts = JSON.parse(readFileSync(path.join(root, 'renderer', 'locales', `${language}.json`), 'utf8')) as Record<string, string>;
  const parts = [texts[`errors.${error.code}.what`], texts[`errors.${error.code}.advice`]].filter((part) => part !== undefined);
  if (parts.length === 0) return sentence(error);
  const text = parts.join(' ').replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(error.values[name] ?? placeholder));
  return error.detail ? `${text} (${error.detail})` : text;
}
