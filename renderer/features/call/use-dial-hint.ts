import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useErrorText } from '#renderer/components/use-error-text.ts';
import { useDialStore } from './dial-store.ts';

/** What the phone makes of the text in the box: the number as read, and one line on how it will be dialled. */
export function useDialHint() {
  const dial = useDialStore();
  const { t, te } = useI18n();
  const toText = useErrorText();

  const display = computed(() => dial.preview?.display ?? dial.text.trim());
  const wrong = computed(() => dial.refusal !== null && !dial.isWords);
  const hint = computed(() => {
    if (dial.isWords) return t('dial.search.hint');
    if (dial.refusal) return toText(dial.refusal).what;
    const preview = dial.preview;
    if (!preview) return '';
    if (preview.emergency) return t('dial.preview.emergency');
    if (preview.extension) return t('dial.preview.extension', { extension: preview.extension });
    const rules = preview.rules.map((rule) => `dial.rule.${rule}`).filter((key) => te(key));
    const words = rules.map((key) => t(key)).join(', ');
    if (words) return t('dial.preview.rules', { address: preview.address, rules: words });
    return '';
  });
  return { display, hint, wrong };
}
