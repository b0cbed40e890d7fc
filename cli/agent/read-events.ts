import type { ApiEvent, ApiEventName } from '#contract/local-api/index.ts';

/** Any event; narrowed by its name. */
export type AnyApiEvent = { [N in ApiEventName]: ApiEvent<N> }[ApiEventName];

const mostPending = 4 * 1024 * 1024;

function eventOf(block: string): AnyApiEvent | null {
  const fields = { id: '', event: '', data: '' };
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, name = '', value = ''] = /^(id|event|data): ?(.*)$/s.exec(line) ?? [];
    if (name === 'data') fields.data += fields.data === '' ? value : `\n${value}`;
    else if (name === 'id' || name === 'event') fields[name] = value;
  }
  if (fields.event === '' || fields.data === '') return null;
  return { id: Number(fields.id), event: fields.event, data: JSON.parse(fields.data) } as AnyApiEvent;
}

/** Events out of the pieces of a `text/event-stream` (HTML standard, 9.2.6), however they were cut. */
export async function* readEvents(pieces: AsyncIterable<string>): AsyncIterable<AnyApiEvent> {
  let pending = '';
  for await (const piece of pieces) {
    pending += piece;
    if (pending.length > mostPending) throw new Error('an event does not end');
    for (;;) {
      const end = /\r\n\r\n|\n\n|\r\r/.exec(pending);
      if (!end) break;
      const event = eventOf(pending.slice(0, end.index));
      pending = pending.slice(end.index + end[0].length);
      if (event) yield event;
    }
  }
}
