export * from './ask-com-helper.ts';
export * from './read-office-selection.ts';
