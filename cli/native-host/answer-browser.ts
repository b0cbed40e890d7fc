import { hostRequest, type HostAnswer, type HostRequest, type HostResults } from '#contract/browser-extension/index.ts';
import type { AgentClient } from '../agent/local-api-client.ts';
import { AgentGone, AgentRefusal, CommandFailure } from '../command-failure.ts';
import type { ErrorSentences } from '../error-sentences.ts';
import type { Language } from '../language.ts';
import type { Words } from '../words/words.ts';

export interface BrowserDesk {
  /** @throws CommandFailure where Offhook does not run */
  connect(): Promise<AgentClient>;
  words: Record<Language, Words>;
  sentences(language: Language): ErrorSentences;
}

async function dial(client: AgentClient, text: string): Promise<HostResults['dial']> {
  const { requestId } = await client.call('dial.open', { source: 'browser', text });
  return { outcome: requestId === null ? 'dialled' : 'asked' };
}

async function lookUp(client: AgentClient, number: string): Promise<HostResults['lookup']> {
  const { matches } = await client.call('people.lookUp', { number });
  const person = matches[0]?.person;
  return { name: person?.name ?? null, firm: person?.firm ?? null };
}

async function result(client: AgentClient, request: HostRequest): Promise<HostResults[HostRequest['command']]> {
  if (request.command === 'dial') return await dial(client, request.number);
  if (request.command === 'lookup') return await lookUp(client, request.number);
  const { version, registered } = await client.call('status.get', {});
  return { version, registered };
}

function failure(error: unknown, language: Language, desk: BrowserDesk): NonNullable<HostAnswer['error']> {
  if (error instanceof AgentRefusal)
    return { code: error.report.code, sentence: desk.sentences(language).of(error.report) };
  if (error instanceof CommandFailure || error instanceof AgentGone)
    return { code: 'not-running', sentence: error instanceof AgentGone ? desk.words[language].gone : error.message };
  throw error;
}

/** Null for what is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Said to whoever sent it, as anything else that is not a request.
    return null;
  }
}

/** One message of the extension, answered. Whatever it is, the user is asked in Offhook before anything is dialled. */
export async function answerBrowser(text: string, desk: BrowserDesk): Promise<HostAnswer> {
  const request = hostRequest.safeParse(jsonOf(text));
  if (!request.success) {
    const sentence = request.error.issues[0]?.message ?? '';
    return { id: 0, result: null, error: { code: 'bad-request', sentence } };
  }
  const { id, language } = request.data;
  try {
    return { id, result: await result(await desk.connect(), request.data), error: null };
  } catch (error) {
    return { id, result: null, error: failure(error, language, desk) };
  }
}
