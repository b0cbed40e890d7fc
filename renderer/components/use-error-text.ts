import { useI18n } from 'vue-i18n';
import type { ErrorReport } from '#contract/errors.ts';

export interface ErrorText {
  what: string;
  advice: string;
  detail: string | null;
}

/** A value that was not given leaves its sentence whole: only the gap closes. */
export function closeGaps(text: string): string {
  return text
    .replace(/[\s\u00a0]*«[\s\u00a0]*»/gu, '')
    .replace(/[ \u00a0]{2,}/gu, ' ')
    .replace(/[ \u00a0]+([.,;:!?])/gu, '$1')
    .trim();
}

/** The sentence, the advice and the technical line for a failure, in the window's language. */
export function useErrorText(): (report: ErrorReport) => ErrorText {
  const { t } = useI18n();
  return ({ code, values, detail }) => ({
    what: closeGaps(t(`errors.${code}.what`, values)),
    advice: closeGaps(t(`errors.${code}.advice`, values)),
    detail: detail ? `${detail} (${code})` : code,
  });
}
