export * from './prompt-player.ts';
export * from './prompt.ts';
