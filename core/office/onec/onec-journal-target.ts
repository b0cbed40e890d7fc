import { OffhookError } from '#contract/errors.ts';
import type { ODataClientOptions, ODataRow } from '#core/contacts/directories/onec/index.ts';
import type { CallJournalTarget, JournalledCall } from '../journals/index.ts';
import { ODataDocuments } from './odata-documents.ts';
import {
  callDocument,
  contactFields,
  documentFields,
  documentKey,
  documentMark,
  documentSet,
  localTime,
} from './phone-call-document.ts';

export interface OnecAccess extends Omit<ODataClientOptions, 'fetch'> {
  /** A client for one request. */
  http: (url: string, signal: AbortSignal) => Promise<ODataClientOptions['fetch']>;
  /** Minutes east of UTC at a moment (Unix ms): the infobase keeps local time. */
  zoneOffset?: (time: number) => number;
}

const systemZone = (time: number) => -new Date(time).getTimezoneOffset();

/**
 * Calls as documents `ТелефонныйЗвонок` of 1C:Enterprise. The key of a document follows from the call, and before
 * one is made it is looked for by its key and by its mark: an answer that was lost, or a server that gives keys of its
 * own, makes no second one.
 */
class OnecJournalTarget implements CallJournalTarget {
  private readonly access: OnecAccess;

  constructor(access: OnecAccess) {
    this.access = access;
  }

  async write(
    call: JournalledCall,
    reference: string | null,
    signal: AbortSignal,
  ): Promise<{ reference: string | null }> {
    const documents = await this.documents(signal);
    const key = reference ?? (await this.find(documents, call));
    if (key === null) return { reference: await this.create(documents, call) };
    const { Date: _unchanged, ...changes } = callDocument(call, this.zoneOffset);
    const there = await this.withoutContactIfRefused(call, (contact) =>
      documents.change(key, { ...changes, ...contact }),
    );
    // Somebody deleted it in 1C: that is their word, and no new one is made against it.
    if (!there) throw this.gone();
    return { reference: key };
  }

  async check(signal: AbortSignal): Promise<{ note: string }> {
    const documents = await this.documents(signal);
    const metadata = await documents.metadata();
    const type = new RegExp(`<EntityType[^>]*\\sName="${documentSet}"[\\s\\S]*?</EntityType>`).exec(metadata)?.[0];
    if (type === undefined) throw this.noObject(documentSet);
    const missing = documentFields.find((field) => !type.includes(`Name="${field}"`));
    if (missing !== undefined) throw this.noObject(`${documentSet}.${missing}`);
    // Whether the user may read it as well.
    await documents.find(`Ref_Key eq guid'${documentKey('check')}'`, ['Ref_Key']);
    const { pathname } = new URL(this.access.url);
    return { note: decodeURIComponent(pathname.replace(/\/odata\/standard\.odata\/?$/, '').replace(/^\//, '')) };
  }

  private async create(documents: ODataDocuments, call: JournalledCall): Promise<string> {
    const key = documentKey(call.callId);
    const row = { Ref_Key: key, ...callDocument(call, this.zoneOffset) };
    const made = await this.withoutContactIfRefused(call, (contact) => documents.create({ ...row, ...contact }));
    return made ?? key;
  }

  private async find(documents: ODataDocuments, call: JournalledCall): Promise<string | null> {
    const key = documentKey(call.callId);
    if (await documents.get(key)) return key;
    // By its moment: 1C compares no text of any length, and the mark may be one.
    const at = localTime(call.offeredAt, this.zoneOffset);
    const rows = await documents.find(`Date eq datetime'${at}'`, ['Ref_Key', 'Комментарий']);
    const found = rows.find((row) => String(row['Комментарий'] ?? '').includes(documentMark(call.callId)));
    return typeof found?.['Ref_Key'] === 'string' ? found['Ref_Key'] : null;
  }

  /** A configuration may know another kind of counterparty than the one that Offhook read: the name stays then. */
  private async withoutContactIfRefused<T>(call: JournalledCall, write: (contact: ODataRow) => Promise<T>): Promise<T> {
    const contact = contactFields(call);
    try {
      return await write(contact);
    } catch (error) {
      const refused = error instanceof OffhookError && error.code === 'delivery.refused';
      if (!refused || Object.keys(contact).length === 0) throw error;
      return write({});
    }
  }

  private async documents(signal: AbortSignal): Promise<ODataDocuments> {
    const { http, url, user, password } = this.access;
    return new ODataDocuments(documentSet, { fetch: await http(url, signal), url, user, password });
  }

  private get zoneOffset(): (time: number) => number {
    return this.access.zoneOffset ?? systemZone;
  }

  private noObject(object: string): OffhookError {
    return new OffhookError('delivery.no-object', { values: { host: new URL(this.access.url).host, object } });
  }

  private gone(): OffhookError {
    const detail = 'the document was deleted in 1C';
    return new OffhookError('delivery.refused', { values: { host: new URL(this.access.url).host }, detail });
  }
}

/** Over the access of a directory of 1C. */
export function openOnecJournalTarget(access: OnecAccess): CallJournalTarget {
  return new OnecJournalTarget(access);
}
