export * from './dial-desk.ts';
