export * from './call-journal-target.ts';
export * from './call-mark.ts';
export * from './describe-call.ts';
export * from './disposition-words.ts';
export * from './call-journals.ts';
export * from './journal-desk.ts';
