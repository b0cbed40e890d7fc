import type { Clock, Disposable, Event } from '#core/foundation/index.ts';
import type { X11Connection } from './x11-connection.ts';

const opcodes = {
  ...{ createWindow: 1, changeWindowAttributes: 2, internAtom: 16, getAtomName: 17, changeProperty: 18 },
  ...{ deleteProperty: 19, getProperty: 20, setSelectionOwner: 22, getSelectionOwner: 23 },
  ...{ convertSelection: 24, sendEvent: 25, queryExtension: 98 },
} as const;

const propertyChangeMask = 0x40_0000;
const eventMaskAttribute = 0x800;
const inputOnly = 2;
export const propertyNotify = 28;

export interface X11Property {
  /** Atom of its type; 0 for none. */
  type: number;
  width: 8 | 16 | 32;
  bytes: Buffer;
}

const words = (...values: number[]): Buffer => {
  const body = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => body.writeUInt32LE(value >>> 0, index * 4));
  return body;
};
const padding = (length: number) => Buffer.alloc(-length & 3);

/** `dispose`: nobody waits any more. */
export interface AwaitedEvent extends Disposable {
  arrived: Promise<Buffer>;
}

/** A window that nobody sees: selections are had and given through its properties. */
export class X11Window {
  readonly connection: X11Connection;
  readonly id: number;
  readonly clock: Clock;
  readonly onEvent: Event<Buffer>;
  private readonly atoms = new Map<string, number>();
  private readonly names = new Map<number, string>();

  constructor(connection: X11Connection, clock: Clock) {
    this.connection = connection;
    this.clock = clock;
    this.onEvent = connection.onEvent;
    this.id = connection.newId();
    const place = words(this.id, connection.setup.root, 0, 0x0001_0001, inputOnly << 16, 0);
    connection.send(opcodes.createWindow, 0, Buffer.concat([place, words(eventMaskAttribute, propertyChangeMask)]));
  }

  async atom(name: string): Promise<number> {
    const known = this.atoms.get(name);
    if (known !== undefined) return known;
    const text = Buffer.from(name, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt16LE(text.length);
    const reply = await this.connection.ask(opcodes.internAtom, 0, Buffer.concat([length, text, padding(text.length)]));
    const atom = reply.readUInt32LE(8);
    this.atoms.set(name, atom);
    return atom;
  }

  async atomName(atom: number): Promise<string> {
    const known = this.names.get(atom);
    if (known !== undefined) return known;
    const reply = await this.connection.ask(opcodes.getAtomName, 0, words(atom));
    const name = reply.toString('utf8', 32, 32 + reply.readUInt16LE(8));
    this.names.set(atom, name);
    return name;
  }

  /** Whether another window's properties are told of. */
  watch(window: number): void {
    this.connection.send(opcodes.changeWindowAttributes, 0, words(window, eventMaskAttribute, propertyChangeMask));
  }

  setProperty(window: number, property: number, value: X11Property): void {
    const items = value.bytes.length / (value.width / 8);
    const header = words(window, property, value.type, value.width, items);
    this.connection.send(opcodes.changeProperty, 0, Buffer.concat([header, value.bytes, padding(value.bytes.length)]));
  }

  deleteProperty(property: number): void {
    this.connection.send(opcodes.deleteProperty, 0, words(this.id, property));
  }

  /** @param takeAway with the reading */
  async property(property: number, mostBytes: number, takeAway: boolean): Promise<X11Property> {
    const body = words(this.id, property, 0, 0, Math.ceil(mostBytes / 4));
    const reply = await this.connection.ask(opcodes.getProperty, takeAway ? 1 : 0, body);
    if (reply.readUInt32LE(12) > 0) throw new Error('more than can be kept');
    const width = reply.readUInt8(1) as 0 | 8 | 16 | 32;
    const length = reply.readUInt32LE(16) * (width / 8);
    return { type: reply.readUInt32LE(8), width: width || 8, bytes: Buffer.from(reply.subarray(32, 32 + length)) };
  }

  async owner(selection: number): Promise<number> {
    return (await this.connection.ask(opcodes.getSelectionOwner, 0, words(selection))).readUInt32LE(8);
  }

  setOwner(selection: number, owner: number, time: number): void {
    this.connection.send(opcodes.setSelectionOwner, 0, words(owner, selection, time));
  }

  convert(selection: number, target: number, property: number): void {
    this.connection.send(opcodes.convertSelection, 0, words(this.id, selection, target, property, 0));
  }

  /** Tells a window something; `event` has 32 bytes. */
  tell(window: number, event: Buffer): void {
    this.connection.send(opcodes.sendEvent, 0, Buffer.concat([words(window, 0), event]));
  }

  /** Opcode and first event of an extension; null where the display has none of the name. */
  async extension(name: string): Promise<{ opcode: number; firstEvent: number } | null> {
    const text = Buffer.from(name, 'latin1');
    const length = Buffer.alloc(4);
    length.writeUInt16LE(text.length);
    const reply = await this.connection.ask(
      opcodes.queryExtension,
      0,
      Buffer.concat([length, text, padding(text.length)]),
    );
    return reply.readUInt8(8) === 0 ? null : { opcode: reply.readUInt8(9), firstEvent: reply.readUInt8(10) };
  }

  /** The first event that fits from now on. Rejects when none comes in time (ms). */
  wait(fits: (event: Buffer) => boolean, patience: number): AwaitedEvent {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    const dispose = () => {
      limit.dispose();
      listening.dispose();
    };
    const listening = this.onEvent((event) => {
      if (!fits(event)) return;
      dispose();
      resolve(event);
    });
    const limit = this.clock.after(patience, () => {
      dispose();
      reject(new Error('no answer from the program that owns the selection'));
    });
    return { arrived: promise, dispose };
  }

  /** The display's own time, which selections are owned by. */
  async time(): Promise<number> {
    const property = await this.atom('OFFHOOK_TIME');
    const isIt = (event: Buffer) =>
      (event.readUInt8(0) & 0x7f) === propertyNotify && event.readUInt32LE(8) === property;
    const told = this.wait(isIt, 1_000);
    this.setProperty(this.id, property, { type: property, width: 8, bytes: Buffer.alloc(0) });
    return (await told.arrived).readUInt32LE(12);
  }
}
