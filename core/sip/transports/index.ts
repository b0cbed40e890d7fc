export { certificateErrorCode } from './certificate-errors.ts';
export { localAddressTowards, type Destination } from './connect.ts';
export type { ListenOptions, SipListener } from './listen.ts';
export * from './sip-flow.ts';
export { SipTransportLayer } from './sip-transport-layer.ts';
