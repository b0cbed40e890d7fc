export * from './configuration.ts';
export * from './demo-configuration.ts';
export * from './directory.ts';
export { ConfigurationError } from './read-jsonc.ts';
