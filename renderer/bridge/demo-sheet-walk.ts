import { OffhookError } from '#contract/errors.ts';
import type { CallResult, CallSnapshot, CommandInput, SheetRow, SheetWalk } from '#contract/ipc/index.ts';
import type { DemoBridge } from './demo-bridge.ts';
import type { DemoSheets } from './demo-sheets.ts';

const over = ['disconnected', 'busy', 'idle'];

function callOf(id: string, row: SheetRow, number: SheetRow['numbers'][number]): CallSnapshot {
  const remote = { number: number.dial, extension: number.extension, display: number.display, name: row.name };
  return {
    ...{ id, lineId: 'line-1', direction: 'outgoing', state: 'ringback', match: row.match },
    remote: { ...remote, withheld: false, asserted: false, diversion: null },
    ...{ heldByThem: false, muted: false, earlyMedia: false, answering: false, pendingDigits: null, sentDigits: '' },
    ...{ codec: null, encrypted: false, audio: 'none', quality: null, emergency: false },
    ...{ startedAt: Date.now(), answeredAt: null, endedAt: null, ending: null },
  };
}

/** The walk of the agent in memory: calls of rows, one at a time, which are answered and ended by whoever tries it. */
export class DemoSheetWalk {
  private readonly bridge: DemoBridge;
  private readonly sheets: DemoSheets;
  private keys: string[] = [];
  private lastCall = 0;

  constructor(bridge: DemoBridge, sheets: DemoSheets) {
    [this.bridge, this.sheets] = [bridge, sheets];
    bridge.answer('sheets.dial', ({ sheetId, rowKey, number }) => this.dial(sheets.row(sheetId, rowKey), number ?? 0));
    bridge.answer('sheets.walk', (asked) => this.begin(asked));
    bridge.answer('sheets.walking', () => structuredClone(this.walk));
    bridge.answer('sheets.call', ({ number }) => this.call(number ?? 0));
    bridge.answer('sheets.next', ({ result }) => this.next(result ?? null));
    bridge.answer('sheets.skip', () => this.skip());
    bridge.answer('sheets.pause', ({ paused }) => this.tell(this.paused(paused)));
    bridge.answer('sheets.stop', () => {
      this.bridge.state.walk = null;
      this.bridge.emit('sheets.walkChanged', { walk: null });
      return {};
    });
    bridge.answer('calls.hangUp', ({ callId }) => {
      this.end(callId);
      return {};
    });
  }

  private get walk(): SheetWalk | null {
    return this.bridge.state.walk;
  }

  private get calls(): CallSnapshot[] {
    return this.bridge.state.session.calls;
  }

  private under(): SheetWalk {
    if (!this.walk) throw new OffhookError('sheet.no-walk');
    return this.walk;
  }

  private tell(walk: SheetWalk): SheetWalk {
    this.bridge.state.walk = walk;
    this.bridge.emit('sheets.walkChanged', { walk: structuredClone(walk) });
    return structuredClone(walk);
  }

  private dial(row: SheetRow, number: number): { callId: string } {
    if (this.calls.some(({ state }) => !over.includes(state))) throw new OffhookError('sheet.call-up');
    const chosen = row.numbers[number];
    if (!chosen) throw new OffhookError('sheet.no-number');
    const callId = `sheet-call-${++this.lastCall}`;
    this.bridge.state.session.calls = [...this.calls, callOf(callId, row, chosen)];
    this.tellCalls();
    return { callId };
  }

  private tellCalls(): void {
    this.bridge.emit('calls.changed', { calls: structuredClone(this.calls) });
  }

  private begin({ sheetId, filter, from }: CommandInput<'sheets.walk'>): SheetWalk {
    if (this.walk && this.walk.state !== 'finished') throw new OffhookError('sheet.walk-busy');
    const keys = this.sheets.filtered(sheetId, filter).map(({ key }) => key);
    this.keys = from ? keys.slice(Math.max(0, keys.indexOf(from))) : keys;
    const none = { row: null, callId: null, nextAt: null, done: 0, skipped: 0, left: 0 };
    return this.goOn({ sheetId, state: 'ready', ...none }, null);
  }

  private goOn(walk: SheetWalk, pause: number | null): SheetWalk {
    const key = this.keys.shift();
    const row = key === undefined ? null : this.sheets.row(walk.sheetId, key);
    const nextAt = row && pause !== null ? Date.now() + pause : null;
    const left = row ? this.keys.length + 1 : 0;
    return this.tell({ ...walk, row, nextAt, left, callId: null, state: row ? 'ready' : 'finished' });
  }

  private call(number: number): { callId: string } {
    const walk = this.under();
    if (!walk.row) throw new OffhookError('sheet.row-unknown');
    const { callId } = this.dial(walk.row, number);
    this.tell({ ...walk, state: 'calling', callId, nextAt: null });
    return { callId };
  }

  private next(result: CallResult | null): SheetWalk {
    const walk = this.under();
    if (walk.state === 'calling') throw new OffhookError('sheet.call-up');
    if (walk.row && result) this.sheets.record(walk.sheetId, walk.row.key, result);
    return this.goOn({ ...walk, done: walk.done + 1 }, this.sheets.find(walk.sheetId).setup.pauseMilliseconds);
  }

  private skip(): SheetWalk {
    const walk = this.under();
    if (walk.state === 'calling') throw new OffhookError('sheet.call-up');
    return this.goOn({ ...walk, skipped: walk.skipped + 1 }, null);
  }

  private paused(paused: boolean): SheetWalk {
    const walk = this.under();
    const pause = this.sheets.find(walk.sheetId).setup.pauseMilliseconds;
    if (paused) return { ...walk, state: 'paused', nextAt: null };
    return { ...walk, state: 'ready', nextAt: pause === null ? null : Date.now() + pause };
  }

  /** The far end takes the call that is up. */
  answer(): void {
    const now = Date.now();
    this.bridge.state.session.calls = this.calls.map((call) =>
      over.includes(call.state) ? call : { ...call, state: 'connected', answeredAt: now, audio: 'connected' },
    );
    this.tellCalls();
  }

  /** The call is over; without an id whichever is up. */
  end(callId?: string): void {
    const ended = this.calls.find(({ id, state }) => !over.includes(state) && (!callId || id === callId));
    if (!ended) return;
    this.bridge.state.session.calls = this.calls.filter((call) => call !== ended);
    this.tellCalls();
    if (this.walk?.callId === ended.id) this.tell({ ...this.walk, state: 'wrapping-up' });
  }

  /** Lets the time come at which the next call begins by itself. */
  step(): void {
    if (this.walk?.nextAt && this.walk.nextAt <= Date.now()) this.call(0);
  }
}
