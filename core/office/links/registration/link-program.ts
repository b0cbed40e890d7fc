/** What opens links: a program and its arguments, behind which the link is one argument more. */
export interface LinkProgram {
  command: readonly [string, ...string[]];
  /** Path of an icon; null for none. */
  icon: string | null;
}

export const linkSchemes = ['tel', 'callto', 'sip'] as const;
export type LinkScheme = (typeof linkSchemes)[number];

export const productName = 'Offhook';
