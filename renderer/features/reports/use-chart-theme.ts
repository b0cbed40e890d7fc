import { useMutationObserver, usePreferredReducedMotion } from '@vueuse/core';
import { computed, ref } from 'vue';
import type { Tone } from './report-view.ts';

export interface ChartTheme {
  font: string;
  text: string;
  line: string;
  surface: string;
  strong: string;
  /** The shade on what is pointed at. */
  soft: string;
  tones: Record<Tone, string>;
  animation: boolean;
}

function read(): Omit<ChartTheme, 'animation'> {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const tones = {
    accent: token('accent'),
    positive: token('positive'),
    danger: token('danger'),
    muted: token('line-control'),
  };
  const [text, strong, line] = [token('text-muted'), token('text-strong'), token('line')];
  return { font: token('font'), text, strong, line, surface: token('surface-1'), soft: token('surface-2'), tones };
}

/** The tokens that charts are drawn with, anew when the theme changes. */
export function useChartTheme() {
  const tokens = ref(read());
  const motion = usePreferredReducedMotion();
  useMutationObserver(document.documentElement, () => (tokens.value = read()), { attributeFilter: ['data-theme'] });
  return computed((): ChartTheme => ({ ...tokens.value, animation: motion.value !== 'reduce' }));
}
