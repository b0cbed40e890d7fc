import type { GraphObject, GraphRequests } from './graph-requests.ts';
import type { JournalShelf, ShelvedCall } from './journal-shelf.ts';

const mostPages = 50;
const two = (value: number) => String(value).padStart(2, '0');

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const list = (value: unknown) =>
  Array.isArray(value) ? value.filter((one): one is GraphObject => typeof one === 'object' && one !== null) : [];

/** To Do keeps a day only. */
function day(at: number): { dateTime: string; timeZone: string } {
  const time = new Date(at);
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return { dateTime: `${date}T00:00:00`, timeZone: 'UTC' };
}

/**
 * Tasks of Microsoft To Do, in the user's usual list. A task has a linked resource with the call's mark
 * (https://learn.microsoft.com/graph/api/resources/linkedresource). No way to ask To Do for it, or for an order of tasks, is
 * documented: the list is read, 5,000 tasks at most.
 */
export class TaskShelf implements JournalShelf {
  private readonly requests: GraphRequests;

  constructor(requests: GraphRequests) {
    this.requests = requests;
  }

  async find({ mark }: ShelvedCall, signal: AbortSignal): Promise<string | null> {
    const { id } = await this.usualList(signal);
    let next: string | null = `/me/todo/lists/${encodeURIComponent(id)}/tasks?$top=100&$expand=linkedResources`;
    for (let page = 0; next !== null && page < mostPages; page++) {
      const answer = await this.requests.ask('GET', next, signal);
      if (answer.status !== 200) throw this.requests.refusal(answer);
      const found = list(answer.body['value']).find((task) =>
        list(task['linkedResources']).some((resource) => resource['externalId'] === mark),
      );
      if (found) return `${id} ${text(found['id'])}`;
      next = text(answer.body['@odata.nextLink']) || null;
    }
    return null;
  }

  async make({ call, mark, description }: ShelvedCall, signal: AbortSignal): Promise<string> {
    const { id } = await this.usualList(signal);
    const answer = await this.requests.ask('POST', `/me/todo/lists/${encodeURIComponent(id)}/tasks`, signal, {
      ...content(description),
      dueDateTime: day(call.offeredAt),
      linkedResources: [{ applicationName: 'Offhook', displayName: description.subject, externalId: mark }],
    });
    if (answer.status !== 201) throw this.requests.refusal(answer);
    return `${id} ${text(answer.body['id'])}`;
  }

  async change(reference: string, { description }: ShelvedCall, signal: AbortSignal): Promise<boolean> {
    const [listId, taskId] = reference.split(' ').map(encodeURIComponent);
    const path = `/me/todo/lists/${listId}/tasks/${taskId}`;
    const answer = await this.requests.ask('PATCH', path, signal, content(description));
    if (answer.status === 404) return false;
    if (answer.status !== 200) throw this.requests.refusal(answer);
    return true;
  }

  async name(signal: AbortSignal): Promise<string> {
    return (await this.usualList(signal)).name;
  }

  private async usualList(signal: AbortSignal): Promise<{ id: string; name: string }> {
    const answer = await this.requests.ask('GET', '/me/todo/lists?$top=100', signal);
    if (answer.status !== 200) throw this.requests.refusal(answer);
    const lists = list(answer.body['value']);
    const usual = lists.find((one) => one['wellknownListName'] === 'defaultList') ?? lists[0];
    if (!usual) throw this.requests.failure('delivery.no-object', 'no list of tasks', { object: 'To Do' });
    return { id: text(usual['id']), name: text(usual['displayName']) };
  }
}

function content({ subject, body }: ShelvedCall['description']): GraphObject {
  return { title: subject, body: { content: body, contentType: 'text' } };
}
