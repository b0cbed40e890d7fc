export * from './card-link.ts';
export * from './odata-client.ts';
