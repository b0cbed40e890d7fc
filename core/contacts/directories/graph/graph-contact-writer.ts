import { OffhookError } from '#contract/errors.ts';
import type { OwnContact } from '#contract/ipc/index.ts';
import type { ContactWriter } from '../contact-writer.ts';
import type { AccountAccess } from './account-access.ts';

/** Exchange keeps that many numbers of a kind. */
const most = { businessPhones: 2, homePhones: 2 };

/** A contact as Graph takes it; numbers for which it has no room go into the note. */
export function toGraphContact(contact: OwnContact): Record<string, unknown> {
  const phones: { businessPhones: string[]; homePhones: string[] } = { businessPhones: [], homePhones: [] };
  let mobilePhone: string | null = null;
  const left: string[] = [];
  for (const { text, label } of contact.numbers) {
    const kind = label === 'home' ? 'homePhones' : 'businessPhones';
    if (label === 'mobile' && mobilePhone === null) mobilePhone = text;
    else if (phones[kind].length < most[kind]) phones[kind].push(text);
    else left.push(`${label}: ${text}`);
  }
  const [page = '', ...pages] = contact.links;
  const notes = [contact.note, ...left, ...pages].filter((line) => line !== '');
  return {
    displayName: contact.name,
    ...(contact.firm === '' ? {} : { companyName: contact.firm }),
    ...(contact.role === '' ? {} : { jobTitle: contact.role }),
    ...(contact.department === '' ? {} : { department: contact.department }),
    ...phones,
    ...(mobilePhone === null ? {} : { mobilePhone }),
    emailAddresses: contact.emails.map((address) => ({ address, name: contact.name })),
    ...(page === '' ? {} : { businessHomePage: page }),
    ...(notes.length === 0 ? {} : { personalNotes: notes.join('\n') }),
  };
}

/** Makes contacts in Microsoft 365, in the account's main folder. */
export class GraphContactWriter implements ContactWriter {
  private readonly access: Pick<AccountAccess, 'endpoint' | 'client' | 'token'>;

  constructor(access: Pick<AccountAccess, 'endpoint' | 'client' | 'token'>) {
    this.access = access;
  }

  async create(contact: OwnContact, signal: AbortSignal): Promise<boolean> {
    const body = JSON.stringify(toGraphContact(contact));
    const { status } = await this.post(body, signal, false).then((answer) =>
      answer.status === 401 ? this.post(body, signal, true) : answer,
    );
    if (status === 201) return false;
    const values = { host: new URL(this.access.endpoint).host, status };
    const detail = `HTTP ${status}`;
    if (status === 401) throw new OffhookError('directory.sign-in-needed', { values, detail });
    throw new OffhookError(status === 403 ? 'directory.forbidden' : 'directory.server-failed', { values, detail });
  }

  private async post(body: string, signal: AbortSignal, fresh: boolean): Promise<Response> {
    const fetch = await this.access.client(signal);
    const headers = {
      authorization: `Bearer ${await this.access.token(signal, fresh)}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    };
    return fetch(`${this.access.endpoint}/me/contacts`, { method: 'POST', headers, body });
  }
}
