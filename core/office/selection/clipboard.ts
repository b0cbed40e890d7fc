/** One of the forms in which something lies on the clipboard: plain text, rich text, a picture. */
export interface ClipboardFormat {
  name: string;
  /** What the bytes are, where the system tells it apart from the name. */
  type: string;
  /** Bits of one item. */
  width: 8 | 16 | 32;
  bytes: Uint8Array;
}

/** All that lies on the clipboard. */
export type ClipboardContent = readonly ClipboardFormat[];

export interface Clipboard {
  /** Another one whenever anybody has put something there, even the same. */
  serial(): Promise<string>;
  /** Everything, in all its forms. Rejects when it cannot be had whole: nothing may be lost by going on then. */
  read(): Promise<ClipboardContent>;
  text(): Promise<string>;
  /** Puts it there in all its forms; of nothing, takes away what is there. */
  write(content: ClipboardContent): Promise<void>;
}

/** Presses keys in the program in front. */
export interface KeySender {
  /** What everybody copies with. */
  copy(): Promise<void>;
}
