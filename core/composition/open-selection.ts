import type { Clock } from '#core/foundation/index.ts';
import { askComHelper, readOfficeSelection } from '#core/com-helper/index.ts';
import { nodeRunProgram } from '#core/office/desktop/node-run-program.ts';
import { LinuxProgramFinder } from '#core/office/links/origins/linux-program-finder.ts';
import type { ProgramFinder } from '#core/office/links/index.ts';
import { WindowsProgramFinder } from '#core/office/links/origins/windows-program-finder.ts';
import { CopyingSelectionReader, readSelection, type SelectionReader } from '#core/office/selection/index.ts';
import { WaylandSelectionReader } from '#core/office/selection/wayland-selection-reader.ts';
import { WindowsSelectionReader } from '#core/office/selection/windows-selection-reader.ts';
import { X11Clipboard } from '#core/office/selection/x11-clipboard.ts';
import { XdotoolKeySender } from '#core/office/selection/xdotool-key-sender.ts';

/** Of this computer's other programs. */
export interface DesktopOptions {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  /** Program and arguments of the helper for Windows; see `findComHelper`. */
  helper?: readonly string[] | undefined;
  /** False where the keys of a copy would reach whoever asks, e.g. a terminal. */
  mayCopy?: boolean;
  clock: Clock;
}

export interface Selection {
  /** @throws OffhookError `selection.empty`, `selection.unreadable` */
  read(): Promise<string>;
  /** Settles when nothing that was put back on the clipboard needs this process any more: it may end then. */
  released(): Promise<void>;
  close(): void;
}

/** A program that hangs shall not keep the keys from doing anything. ms. */
const helperPatience = 5_000;

function ask(helper: readonly string[] | undefined) {
  return (request: Record<string, unknown>) =>
    askComHelper(request, { command: helper ?? [], signal: new AbortController().signal, patience: helperPatience });
}

async function officeSelection(helper: readonly string[]): Promise<string> {
  const found = await readOfficeSelection(helper, AbortSignal.timeout(helperPatience));
  return found?.text ?? '';
}

/** Who runs on this computer, and who started whom. */
export function openProgramFinder({ platform, helper }: Pick<DesktopOptions, 'platform' | 'helper'>): ProgramFinder {
  return platform === 'win32' ? new WindowsProgramFinder(ask(helper)) : new LinuxProgramFinder();
}

/** What is selected in the program in front, by all the ways that this desktop has. */
export async function openSelection(options: DesktopOptions): Promise<Selection> {
  const { platform, environment, clock, mayCopy = true } = options;
  const readers: SelectionReader[] = [];
  const run = nodeRunProgram(environment);
  let x11: X11Clipboard | null = null;
  if (platform === 'win32') {
    // Excel's cells and Outlook's contacts say more of themselves than their windows do.
    if (options.helper) readers.push({ read: () => officeSelection(options.helper!) });
    readers.push(new WindowsSelectionReader(ask(options.helper)));
  } else {
    if (environment['WAYLAND_DISPLAY']) readers.push(new WaylandSelectionReader(run));
    x11 = await X11Clipboard.open(environment, clock).catch(() => null);
    if (x11) readers.push({ read: () => x11!.primary() });
    // Under Wayland no program may press keys in another one.
    if (x11 && mayCopy && !environment['WAYLAND_DISPLAY'])
      readers.push(new CopyingSelectionReader({ clipboard: x11, keys: new XdotoolKeySender(run), clock }));
  }
  return {
    read: () => readSelection(readers),
    released: async () => x11?.released(),
    close: () => x11?.close(),
  };
}
