import { Grammar, URI } from 'sip.js/lib/core/index.js';

// Where nothing is escaped and no parameters follow, there is nothing to parse.
const plain = /^sip:([A-Za-z0-9*+_.-]+)@([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::(\d{1,5}))?$/;

/** The URI as sip.js wants it; its grammar takes a quarter of the time that dialling takes, so most go past it. */
export function requestUri(text: string): URI | undefined {
  const match = plain.exec(text);
  if (!match) return Grammar.URIParse(text) as URI | undefined;
  return new URI('sip', match[1]!, match[2]!, match[3] === undefined ? undefined : Number(match[3]));
}
