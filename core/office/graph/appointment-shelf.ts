import type { GraphObject, GraphRequests } from './graph-requests.ts';
import type { JournalShelf, ShelvedCall } from './journal-shelf.ts';

/** The user property that classic Outlook would show as `OffhookCall`. */
const property = 'String {00020329-0000-0000-C000-000000000046} Name OffhookCall';
const shortest = 60_000;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const moment = (at: number) => ({ dateTime: new Date(at).toISOString().slice(0, 19), timeZone: 'UTC' });

/**
 * Appointments in the user's calendar, as long as the call was; they keep nobody busy. The mark is an extended property,
 * by which Graph finds them, and their `transactionId`, which keeps Graph from making a second one.
 */
export class AppointmentShelf implements JournalShelf {
  private readonly requests: GraphRequests;

  constructor(requests: GraphRequests) {
    this.requests = requests;
  }

  async find({ mark }: ShelvedCall, signal: AbortSignal): Promise<string | null> {
    // The mark has no quotes in it.
    const filter = `singleValueExtendedProperties/any(ep: ep/id eq '${property}' and ep/value eq '${mark}')`;
    const query = new URLSearchParams({ $filter: filter, $select: 'id' });
    const answer = await this.requests.ask('GET', `/me/events?${query.toString()}`, signal);
    if (answer.status !== 200) throw this.requests.refusal(answer);
    const [found] = Array.isArray(answer.body['value']) ? (answer.body['value'] as GraphObject[]) : [];
    return text(found?.['id']) || null;
  }

  async make({ call, mark, description }: ShelvedCall, signal: AbortSignal): Promise<string | null> {
    const begin = call.answeredAt ?? call.offeredAt;
    const answer = await this.requests.ask('POST', '/me/events', signal, {
      ...content(description),
      start: moment(begin),
      end: moment(Math.max(call.endedAt, begin + shortest)),
      showAs: 'free',
      isReminderOn: false,
      transactionId: mark,
      singleValueExtendedProperties: [{ id: property, value: mark }],
    });
    if (answer.code === 'ErrorDuplicateTransactionId') return null;
    if (answer.status !== 201) throw this.requests.refusal(answer);
    return text(answer.body['id']);
  }

  async change(reference: string, { description }: ShelvedCall, signal: AbortSignal): Promise<boolean> {
    const path = `/me/events/${encodeURIComponent(reference)}`;
    const answer = await this.requests.ask('PATCH', path, signal, content(description));
    if (answer.status === 404) return false;
    if (answer.status !== 200) throw this.requests.refusal(answer);
    return true;
  }

  async name(signal: AbortSignal): Promise<string> {
    const answer = await this.requests.ask('GET', '/me/calendar?$select=name', signal);
    if (answer.status !== 200) throw this.requests.refusal(answer);
    return text(answer.body['name']);
  }
}

function content({ subject, body }: ShelvedCall['description']): GraphObject {
  return { subject, body: { content: body, contentType: 'text' } };
}
