import { useI18n } from 'vue-i18n';
import type { DialCandidate, DialRequest } from '#contract/ipc/index.ts';
import { useErrorText } from '#renderer/components/use-error-text.ts';

/** Direction overrides and control characters could turn around what is read. */
const deceiving = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** What a wish to dial is, in words. */
export function useRequestWords() {
  const { t, te } = useI18n();
  const errorText = useErrorText();
  const clean = (text: string) => text.replace(deceiving, '');

  /** Numbers are read as one: no line ends within. */
  const whole = (display: string) => clean(display).replaceAll(' ', '\u00a0').replaceAll('-', '\u2011');

  function number({ display, extension }: DialCandidate): string {
    if (extension === null) return whole(display);
    // Pauses are for the exchange; who reads wants the digits.
    return t('dialling.number.extension', { display: whole(display), extension: extension.replace(/^[,;]+/, '') });
  }

  function origin({ source, origin: from }: DialRequest): string {
    const name = clean(from?.name ?? '');
    if (name !== '') return t('dialling.origin.program', { program: name });
    return t(`dialling.origin.${source}`);
  }

  /** Which rule made another number of what was written; empty where none did. */
  function rules({ rules: applied, written, display }: DialCandidate): string {
    const words = applied.map((rule) => `dial.rule.${rule}`).filter((key) => te(key));
    if (words.length === 0) return '';
    const said = words.map((key) => t(key)).join(', ');
    return t('dialling.rules.label', { written: clean(written), display: whole(display), rules: said });
  }

  /** The worst first, and nothing that goes without saying. */
  function warnings({ warnings: all }: DialCandidate): string[] {
    const said = all.filter((warning) => warning !== 'international' || !all.includes('satellite'));
    return said.map((warning) => t(`dialling.warning.${warning}`));
  }

  function refusal({ refusal: report }: DialCandidate) {
    return report && errorText(report);
  }

  function question(request: DialRequest, candidate: DialCandidate): string {
    if (candidate.refusal) return t('dialling.refused.title');
    if (request.candidates.length > 1) return t('dialling.question.several');
    if (candidate.emergency) return t('dialling.question.emergency', { number: number(candidate) });
    return t('dialling.question.one', { number: number(candidate) });
  }

  return { clean, number, origin, rules, warnings, refusal, question };
}
