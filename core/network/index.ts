export * from './environment-proxy.ts';
export * from './http-client.ts';
export * from './http-error.ts';
export * from './network-failures.ts';
export * from './peer-user.ts';
export * from './trusted-certificates.ts';
