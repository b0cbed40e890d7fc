export * from './delivery-failure.ts';
export * from './outbox.ts';
