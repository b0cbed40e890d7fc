import { OffhookError } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type {
  CommandInput,
  CommandResult,
  DirectoryKind,
  DirectoryPreview,
  DirectoryStatus,
} from '#contract/ipc/index.ts';
import { directoryConfig } from '#contract/ipc/index.ts';
import type { DemoBridge } from './demo-bridge.ts';

export interface DemoSources {
  list: DirectoryStatus[];
  /** What a trial says; left out, that there is nothing. */
  preview?: (asked: CommandInput<'directories.preview'>) => DirectoryPreview;
  /** What keeps every source of a kind from being read. */
  failures: Partial<Record<DirectoryKind, ErrorReport>>;
  /** Files by their paths, of which the folders follow. */
  files: string[];
  /** Where browsing begins. */
  home: string;
}

export function ownDirectory(part: Partial<DirectoryStatus> = {}): DirectoryStatus {
  return {
    ...{ id: 'own', kind: 'own', label: '', enabled: true, everyMinutes: 0, config: { kind: 'own' }, hasSecret: false },
    ...{ state: 'idle', progress: null, entries: 0, refreshedAt: null, attemptedAt: null, nextAt: null, problem: null },
    skipped: { count: 0, first: [] },
    ...part,
  };
}

export const noSources = (): DemoSources => ({
  list: [ownDirectory()],
  failures: {},
  files: [],
  home: 'C:\\Users\\Olga',
});

const steps = 12;

/** The address books of the agent in memory; their readings go on step by step. */
export class DemoDirectories {
  private readonly bridge: DemoBridge;
  private lastId = 0;

  constructor(bridge: DemoBridge) {
    this.bridge = bridge;
    bridge.answer('directories.list', () => {
      // Samples of people bring the directories that these are from.
      const { directories } = this.bridge.state;
      return structuredClone(directories.length > 0 ? directories : this.sources.list);
    });
    bridge.answer('directories.preview', (asked) => this.preview(asked));
    bridge.answer('directories.add', (asked) => this.add(asked));
    bridge.answer('directories.change', ({ id, patch: { secret, signInId, ...patch } }) => {
      const kept = signInId ? true : secret === undefined ? {} : { hasSecret: secret !== null };
      const config = patch.config && { config: directoryConfig.parse(patch.config) };
      const { config: _config, ...plain } = patch;
      return this.change(id, { ...plain, ...config, ...(kept === true ? { hasSecret: true, problem: null } : kept) });
    });
    bridge.answer('directories.remove', ({ id }) => this.keep(this.sources.list.filter((each) => each.id !== id)));
    bridge.answer('directories.sort', ({ ids }) =>
      this.keep(this.sources.list.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))),
    );
    bridge.answer('directories.refresh', ({ id }) => this.begin(id));
    bridge.answer('directories.cancel', ({ id }) => {
      const problem: ErrorReport = { code: 'directory.cancelled', values: {}, detail: null };
      return this.change(id, { state: 'idle', progress: null, problem, attemptedAt: Date.now() });
    });
    bridge.answer('directories.import', () => this.begin('own', 1240));
    bridge.answer('directories.browse', ({ path }) => this.browse(path ?? this.sources.home));
    bridge.answer('directories.signIn', () => ({
      ...{ signInId: `sign-in-${++this.lastId}`, url: 'https://login.example/device', userCode: 'K7QF-2MZD' },
    }));
  }

  private get sources(): DemoSources {
    return this.bridge.state.sources;
  }

  /** All readings that are under way go on by a step. */
  step(): void {
    for (const { id, state, progress, kind } of this.sources.list.filter((each) => each.state === 'refreshing')) {
      const total = progress?.total ?? 1240;
      const done = Math.min(total, (progress?.done ?? 0) + Math.ceil(total / steps));
      const now = Date.now();
      if (done < total) this.change(id, { state, progress: { done, total } });
      else if (this.sources.failures[kind])
        this.change(id, {
          ...{ state: 'idle', progress: null, attemptedAt: now },
          problem: this.sources.failures[kind],
        });
      else
        this.change(id, {
          state: 'idle',
          progress: null,
          entries: total,
          refreshedAt: now,
          attemptedAt: now,
          problem: null,
        });
    }
  }

  private preview(asked: CommandInput<'directories.preview'>): DirectoryPreview {
    const failure = this.sources.failures[asked.config.kind];
    if (failure) throw OffhookError.fromReport(failure);
    return this.sources.preview?.(asked) ?? { tables: [], entries: [], count: 0, parts: [], problems: [] };
  }

  private add({ label, config, everyMinutes, secret, signInId }: CommandInput<'directories.add'>): { id: string } {
    const id = `directory-${++this.lastId}`;
    const parsed = directoryConfig.parse(config);
    const hasSecret = secret !== null || signInId != null;
    const added = ownDirectory({ id, kind: parsed.kind, label, config: parsed, everyMinutes, hasSecret });
    this.keep([...this.sources.list, added]);
    this.begin(id);
    return { id };
  }

  private begin(id: string, total?: number): Record<string, never> {
    const entries = this.sources.list.find((each) => each.id === id)?.entries ?? 0;
    return this.change(id, { state: 'refreshing', progress: { done: 0, total: total ?? (entries || 1240) } });
  }

  private change(id: string, patch: Partial<DirectoryStatus>): Record<string, never> {
    return this.keep(this.sources.list.map((each) => (each.id === id ? { ...each, ...patch } : each)));
  }

  private keep(list: DirectoryStatus[]): Record<string, never> {
    this.sources.list = list;
    this.bridge.emit('directories.changed', { directories: structuredClone(list) });
    return {};
  }

  private browse(path: string): CommandResult<'directories.browse'> {
    const folder = path.replace(/\\$/, '');
    const below = this.sources.files.filter((file) => file.startsWith(`${folder}\\`));
    if (below.length === 0 && folder !== this.sources.home)
      throw new OffhookError('directory.not-found', { values: { file: folder } });
    const names = [...new Set(below.map((file) => file.slice(folder.length + 1).split('\\')[0] ?? ''))];
    const entries = names.map((name) => {
      const whole = `${folder}\\${name}`;
      return { name, path: whole, folder: !this.sources.files.includes(whole) };
    });
    const parent = folder.includes('\\') ? folder.slice(0, folder.lastIndexOf('\\')) : null;
    return {
      path: folder,
      parent,
      entries: entries.toSorted((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name)),
    };
  }
}
