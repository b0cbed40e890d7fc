export * from './fill-placeholders.ts';
export * from './open-entry.ts';
export * from './party-cards.ts';
export * from './system-opener.ts';
