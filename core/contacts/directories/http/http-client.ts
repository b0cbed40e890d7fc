import type { DirectoryEnvironment } from '../directory-source.ts';

export interface HttpRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

export type HttpFetch = (url: string, request?: HttpRequest) => Promise<{ status: number; headers: Headers; text(): Promise<string> }>;

export function openHttpClient(_environment: DirectoryEnvironment): HttpFetch {
  return (url, request) => fetch(url, request);
}
