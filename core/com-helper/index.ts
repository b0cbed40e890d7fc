export * from './ask-com-helper.ts';
