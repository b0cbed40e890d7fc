export * from './problem-board.ts';
