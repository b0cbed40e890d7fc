export * from './agent-bridge.ts';
export * from './client-port.ts';
