type Item = Record<string, unknown> & { id: string };
type Answer = [status: number, body: unknown];

interface Kept {
  readonly endpoints: { graph: string };
  readonly tasks: Map<string, Item[]>;
  readonly events: Item[];
  readonly folders: ReadonlyMap<string, string>;
  put(contact: Item, folder?: string): void;
}

const error = (status: number, code: string): Answer => [status, { error: { code } }];

/** What the server of Graph keeps beside contacts' changes: tasks, appointments, and contacts that are made. */
export class KeptByGraph {
  private readonly kept: Kept;
  private readonly pageSize: number;

  constructor(kept: Kept, pageSize: number) {
    this.kept = kept;
    this.pageSize = pageSize;
  }

  /** Null for what is none of its. */
  answer(method: string, url: URL, scope: string, body: Record<string, unknown>): Answer | null {
    const path = decodeURIComponent(url.pathname.replace('/v1.0/me/', ''));
    if (path.startsWith('todo/'))
      return scope.includes('Tasks.ReadWrite') ? this.todo(method, path, url, body) : error(403, 'accessDenied');
    if (path.startsWith('events') || path === 'calendar')
      return scope.includes('Calendars.ReadWrite')
        ? this.calendar(method, path, url, body)
        : error(403, 'ErrorAccessDenied');
    const folder = /^(?:contactFolders\/(.+)\/)?contacts$/.exec(path);
    if (method !== 'POST' || !folder) return null;
    if (!scope.includes('Contacts.ReadWrite')) return error(403, 'ErrorAccessDenied');
    if (folder[1] !== undefined && !this.kept.folders.has(folder[1])) return error(404, 'ErrorItemNotFound');
    const contact = { ...body, id: `made-${crypto.randomUUID()}` };
    this.kept.put(contact, folder[1]);
    return [201, contact];
  }

  private todo(method: string, path: string, url: URL, body: Record<string, unknown>): Answer {
    if (path === 'todo/lists') {
      const value = [...this.kept.tasks.keys()].map((id) => ({
        id,
        displayName: id === 'usual' ? 'Задачи' : id,
        wellknownListName: id === 'usual' ? 'defaultList' : 'none',
      }));
      return [200, { value: value.toReversed() }];
    }
    const [, list, id] = /^todo\/lists\/([^/]+)\/tasks(?:\/(.+))?$/.exec(path) ?? [];
    const tasks = this.kept.tasks.get(list ?? '');
    if (!tasks) return error(404, 'ErrorItemNotFound');
    if (method === 'POST') {
      const task = { ...body, id: `T${tasks.length + 1}` };
      tasks.push(task);
      return [201, task];
    }
    if (method === 'PATCH') return change(tasks, id, body);
    const expanded = url.searchParams.get('$expand') === 'linkedResources';
    const skip = Number(url.searchParams.get('$skip') ?? 0);
    const page = tasks.slice(skip, skip + this.pageSize);
    const value = page.map(({ linkedResources, ...task }) => (expanded ? { ...task, linkedResources } : task));
    const next = new URL(url);
    next.searchParams.set('$skip', String(skip + this.pageSize));
    return [200, { value, ...(skip + page.length < tasks.length ? { '@odata.nextLink': next.href } : {}) }];
  }

  private calendar(method: string, path: string, url: URL, body: Record<string, unknown>): Answer {
    const { events } = this.kept;
    if (path === 'calendar') return [200, { name: 'Календарь' }];
    if (method === 'PATCH') return change(events, path.replace('events/', ''), body);
    if (method === 'POST') {
      const same = events.some(({ transactionId }) => transactionId === body['transactionId']);
      if (same) return error(409, 'ErrorDuplicateTransactionId');
      const event = { ...body, id: `V${events.length + 1}` };
      events.push(event);
      return [201, event];
    }
    const asked = /ep\/id eq '([^']+)' and ep\/value eq '([^']+)'/.exec(url.searchParams.get('$filter') ?? '');
    if (!asked) return error(400, 'ErrorInvalidUrlQueryFilter');
    const value = events.filter((event) =>
      (event['singleValueExtendedProperties'] as { id: string; value: string }[]).some(
        (one) => one.id === asked[1] && one.value === asked[2],
      ),
    );
    return [200, { value: value.map(({ id }) => ({ id })) }];
  }
}

function change(items: Item[], id: string | undefined, body: Record<string, unknown>): Answer {
  const item = items.find((one) => one.id === id);
  return item ? [200, Object.assign(item, body)] : error(404, 'ErrorItemNotFound');
}
