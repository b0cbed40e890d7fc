import { loadPart } from '#renderer/app/load-part.ts';

/** Loaded when it is first unfolded: who calls is said without it. */
export const CardDetail = loadPart(() => import('./CardDetail.vue'));
