export * from './dtls-session.ts';
export * from './web-rtc-transport.ts';
