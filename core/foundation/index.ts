export * from './clock.ts';
export * from './disposable.ts';
export * from './emitter.ts';
export * from './logger.ts';
export * from './make-directory.ts';
export * from './show-text.ts';
export * from './usual-directory.ts';
