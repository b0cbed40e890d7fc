export * from './audio-format.ts';
export * from './audio-negotiation.ts';
export * from './parse-session-description.ts';
export * from './read-audio.ts';
export * from './session-description.ts';
export * from './web-rtc-parameters.ts';
