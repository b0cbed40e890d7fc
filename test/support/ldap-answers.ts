import { BerWriter, ProtocolOperation } from 'ldapts';

export type Values = Record<string, string | Buffer | readonly (string | Buffer)[]>;

const pagedResults = '1.2.840.113556.1.4.319';

function message(
  id: number,
  operation: number,
  content: (writer: BerWriter) => void,
  control?: (writer: BerWriter) => void,
): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(operation);
  content(writer);
  writer.endSequence();
  control?.(writer);
  writer.endSequence();
  return writer.buffer;
}

/** Any operation's result (RFC 4511, 4.1.9). */
export function resultMessage(id: number, operation: number, status = 0, text = ''): Buffer {
  return message(id, operation, (writer) => writeResult(writer, status, text));
}

export function entryMessage(id: number, dn: string, attributes: Values): Buffer {
  return message(id, ProtocolOperation.LDAP_RES_SEARCH_ENTRY, (writer) => {
    writer.writeString(dn);
    writer.startSequence();
    for (const [name, value] of Object.entries(attributes)) {
      writer.startSequence();
      writer.writeString(name);
      writer.startSequence(ProtocolOperation.LBER_SET);
      for (const each of typeof value === 'string' || Buffer.isBuffer(value) ? [value] : value)
        writer.writeBuffer(Buffer.from(each), 0x04);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
  });
}

export function referenceMessage(id: number, ...urls: string[]): Buffer {
  return message(id, ProtocolOperation.LDAP_RES_SEARCH_REF, (writer) => writer.writeStringArray(urls));
}

/** @param cookie of the next page; empty after the last */
export function pageMessage(id: number, cookie: string): Buffer {
  const value = new BerWriter();
  value.startSequence();
  value.writeInt(0);
  value.writeString(cookie);
  value.endSequence();
  return message(
    id,
    ProtocolOperation.LDAP_RES_SEARCH,
    (writer) => writeResult(writer, 0, ''),
    (writer) => {
      writer.startSequence(ProtocolOperation.LDAP_CONTROLS);
      writer.startSequence();
      writer.writeString(pagedResults);
      writer.writeBuffer(value.buffer, 0x04);
      writer.endSequence();
      writer.endSequence();
    },
  );
}

function writeResult(writer: BerWriter, status: number, text: string): void {
  writer.writeEnumeration(status);
  writer.writeString('');
  writer.writeString(text);
}
