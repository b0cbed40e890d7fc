import { OffhookError } from '#contract/errors.ts';
import type { LinkRegistration } from '../dial-desk.ts';

/** Where Offhook cannot make itself the program for links. */
export const noLinkRegistration: LinkRegistration = {
  status: async () => ({ supported: false, schemes: [] }),
  register: () => Promise.reject(new OffhookError('links.not-here')),
};
