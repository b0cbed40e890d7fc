export * from './open-entry.ts';
export * from './party-cards.ts';
