import type { Clock } from '#core/foundation/index.ts';
import type { Clipboard, ClipboardContent, ClipboardFormat } from './clipboard.ts';
import { OwnedX11Selection } from './x11/own-x11-selection.ts';
import { mostBytes, readX11Selection, readX11Text } from './x11/read-x11-selection.ts';
import { X11Connection } from './x11/x11-connection.ts';
import { X11Window } from './x11/x11-window.ts';

const clipboard = 'CLIPBOARD';
/** Questions about the selection, and orders: none of them is a form of what is there. */
const noFormats = new Set('TARGETS MULTIPLE TIMESTAMP SAVE_TARGETS DELETE INSERT_SELECTION INSERT_PROPERTY'.split(' '));
const mostFormats = 60;

/**
 * The clipboard of an X display, spoken to directly: the programs for shells give and take one form at a time. What it
 * puts there is there as long as this process lives, or until somebody else copies.
 */
export class X11Clipboard implements Clipboard {
  private readonly window: X11Window;
  private owned: OwnedX11Selection | null = null;
  private changes = 0;

  private constructor(window: X11Window) {
    this.window = window;
  }

  /** Rejects when there is no X display here. */
  static async open(environment: NodeJS.ProcessEnv, clock: Clock): Promise<X11Clipboard> {
    const opened = new X11Clipboard(new X11Window(await X11Connection.open(environment), clock));
    await opened.countChanges();
    return opened;
  }

  async serial(): Promise<string> {
    // Asking for the owner brings the events that came before.
    const owner = await this.window.owner(await this.window.atom(clipboard));
    return `${this.changes}:${owner}`;
  }

  async read(): Promise<ClipboardContent> {
    const selection = await this.window.atom(clipboard);
    if ((await this.window.owner(selection)) === 0) return [];
    const targets = await readX11Selection(this.window, clipboard, 'TARGETS');
    const content: ClipboardFormat[] = [];
    let size = 0;
    for (let at = 0; at + 4 <= (targets?.bytes.length ?? 0); at += 4) {
      const name = await this.window.atomName(targets!.bytes.readUInt32LE(at));
      if (noFormats.has(name) || content.some((format) => format.name === name)) continue;
      const value = await readX11Selection(this.window, clipboard, name);
      if (!value) continue;
      size += value.bytes.length;
      if (size > mostBytes || content.length >= mostFormats) throw new Error('more on the clipboard than can be kept');
      content.push({ name, type: await this.window.atomName(value.type), width: value.width, bytes: value.bytes });
    }
    return content;
  }

  text(): Promise<string> {
    return readX11Text(this.window, clipboard);
  }

  /** What is marked, which is there without a copy. */
  primary(): Promise<string> {
    return readX11Text(this.window, 'PRIMARY');
  }

  async write(content: ClipboardContent): Promise<void> {
    const selection = await this.window.atom(clipboard);
    this.owned?.release();
    this.owned = null;
    if (content.length === 0) return this.window.setOwner(selection, 0, await this.window.time());
    const formats = [];
    for (const { name, type, width, bytes } of content) {
      const value = { type: await this.window.atom(type), width, bytes: Buffer.from(bytes) };
      formats.push({ target: await this.window.atom(name), value });
    }
    this.owned = await OwnedX11Selection.own(this.window, selection, formats);
  }

  /** Settles when nothing on the clipboard needs this process any more. */
  async released(): Promise<void> {
    await this.owned?.released;
  }

  close(): void {
    this.owned?.release();
    this.window.connection.close();
  }

  /** Where the display has XFIXES, it tells each copy, also the same owner's next one. */
  private async countChanges(): Promise<void> {
    const fixes = await this.window.extension('XFIXES');
    if (!fixes) return;
    const version = Buffer.alloc(8);
    version.writeUInt32LE(5, 0);
    await this.window.connection.ask(fixes.opcode, 0, version);
    const wanted = Buffer.alloc(12);
    wanted.writeUInt32LE(this.window.id, 0);
    wanted.writeUInt32LE(await this.window.atom(clipboard), 4);
    wanted.writeUInt32LE(7, 8);
    this.window.onEvent((event) => {
      if ((event.readUInt8(0) & 0x7f) === fixes.firstEvent) this.changes += 1;
    });
    this.window.connection.send(fixes.opcode, 2, wanted);
  }
}
