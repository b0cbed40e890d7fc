export { RetransmittingPort } from './retransmitting-port.ts';
