export * from './user-agent.ts';
export { strongestChallenge, type Challenge } from './digest/challenge.ts';
export { authorization } from './digest/digest-credentials.ts';
