export * from './called-countries.ts';
export * from './dial-desk.ts';
export * from './dial-requests.ts';
export * from './read-link.ts';
export * from './trusted-programs.ts';
export * from './origins/find-origin.ts';
export * from './origins/program-finder.ts';
