export * from './audio-stream.ts';
export * from './rtp-packet.ts';
export * from './rtp-socket-pair.ts';
export * from './rtp-transport.ts';
export * from './srtp-keys.ts';
export * from './srtp.ts';
export * from './udp-rtp-transport.ts';
