import type { Disposable } from '#core/foundation/index.ts';
import { propertyNotify, type X11Property, type X11Window } from './x11-window.ts';

const [selectionClear, selectionRequest, selectionNotify] = [29, 30, 31];
const [atomType, integerType] = [4, 19];
/** Longer ones are given in pieces. */
const pieceLength = 65_536;

export interface OwnedFormat {
  target: number;
  value: X11Property;
}

interface Sending {
  requestor: number;
  property: number;
  value: X11Property;
  sent: number;
}

/** Gives a selection to whoever asks, in all its forms, until somebody else owns it. */
export class OwnedX11Selection {
  private readonly window: X11Window;
  private readonly selection: number;
  private readonly formats: readonly OwnedFormat[];
  private readonly time: number;
  private readonly listening: Disposable;
  private readonly sending: Sending[] = [];
  private readonly lost = Promise.withResolvers<void>();
  private atoms = { targets: 0, timestamp: 0, incremental: 0 };

  /** Settles when somebody else owns it. */
  readonly released = this.lost.promise;

  private constructor(window: X11Window, selection: number, formats: readonly OwnedFormat[], time: number) {
    this.window = window;
    this.selection = selection;
    this.formats = formats;
    this.time = time;
    this.listening = window.onEvent((event) => this.take(event));
  }

  static async own(window: X11Window, selection: number, formats: readonly OwnedFormat[]): Promise<OwnedX11Selection> {
    const owned = new OwnedX11Selection(window, selection, formats, await window.time());
    const [targets, timestamp] = [await window.atom('TARGETS'), await window.atom('TIMESTAMP')];
    owned.atoms = { targets, timestamp, incremental: await window.atom('INCR') };
    window.setOwner(selection, window.id, owned.time);
    if ((await window.owner(selection)) !== window.id) {
      owned.release();
      throw new Error('somebody else was faster');
    }
    return owned;
  }

  release(): void {
    this.listening.dispose();
    this.lost.resolve();
  }

  private take(event: Buffer): void {
    const kind = event.readUInt8(0) & 0x7f;
    if (kind === selectionClear && event.readUInt32LE(12) === this.selection) this.release();
    if (kind === selectionRequest && event.readUInt32LE(16) === this.selection) this.give(event);
    if (kind === propertyNotify && event.readUInt8(16) === 1) this.goOn(event.readUInt32LE(4), event.readUInt32LE(8));
  }

  private give(request: Buffer): void {
    const [requestor, target] = [request.readUInt32LE(12), request.readUInt32LE(20)];
    // Old programs name no property and mean the target's.
    const property = request.readUInt32LE(24) || target;
    const value = this.valueOf(target);
    if (value && value.bytes.length > pieceLength) this.begin({ requestor, property, value, sent: 0 });
    else if (value) this.window.setProperty(requestor, property, value);
    const event = Buffer.alloc(32);
    event.writeUInt8(selectionNotify, 0);
    [request.readUInt32LE(4), requestor, this.selection, target, value ? property : 0].forEach((word, index) =>
      event.writeUInt32LE(word, 4 + index * 4),
    );
    this.window.tell(requestor, event);
  }

  private valueOf(target: number): X11Property | null {
    const { targets, timestamp } = this.atoms;
    const list = (type: number, ...values: number[]): X11Property => {
      const bytes = Buffer.alloc(values.length * 4);
      values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
      return { type, width: 32, bytes };
    };
    if (target === targets) return list(atomType, targets, timestamp, ...this.formats.map((format) => format.target));
    if (target === timestamp) return list(integerType, this.time);
    return this.formats.find((format) => format.target === target)?.value ?? null;
  }

  private begin(sending: Sending): void {
    this.window.watch(sending.requestor);
    this.sending.push(sending);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(sending.value.bytes.length);
    this.window.setProperty(sending.requestor, sending.property, {
      type: this.atoms.incremental,
      width: 32,
      bytes: size,
    });
  }

  private goOn(requestor: number, property: number): void {
    const at = this.sending.findIndex((each) => each.requestor === requestor && each.property === property);
    const sending = this.sending[at];
    if (!sending) return;
    const bytes = sending.value.bytes.subarray(sending.sent, sending.sent + pieceLength);
    sending.sent += bytes.length;
    // An empty piece is the end.
    if (bytes.length === 0) this.sending.splice(at, 1);
    this.window.setProperty(requestor, property, { ...sending.value, bytes });
  }
}
