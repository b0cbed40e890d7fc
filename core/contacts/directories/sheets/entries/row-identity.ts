import { hash } from 'node:crypto';
import { splitExtension } from '#core/contacts/numbers/split-extension.ts';
import { readUsualText } from '#core/contacts/numbers/usual-text.ts';

export interface RowIdentity {
  /** Of the column of ids; empty where there is none. */
  id: string;
  /** The first number as written. */
  number: string;
  /** Of the person, or of the firm where there is no person. */
  name: string;
}

const hashLength = 20;
const hashed = (text: string) => hash('sha256', text, 'base64url').slice(0, hashLength);

/** The last ten digits are the same however a Russian number is written: `8…`, `+7…`, or without either. */
function digitsOf(number: string): string {
  const usual = readUsualText(number);
  if (usual) return usual.digits.slice(-10);
  const main = /[^\d\s()+-]/.test(number) ? splitExtension(number.slice(0, 200)).main : number;
  const digits = main.replace(/\D+/g, '');
  return digits.length > 10 ? digits.slice(-10) : digits;
}

/** As `foldName`, which asks the language of each text and takes several times as long. */
const words = (text: string) => text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();

/**
 * Gives each row of a file a key that stays when the table is sorted, and when other rows or other cells change: its id,
 * or else its first number and its name. A second row of the same is told apart by both, and by counting only after that.
 */
export class RowKeys {
  private readonly prefix: string;
  private readonly seen = new Map<string, number>();

  /** @param prefix of all keys, for files that share a directory */
  constructor(prefix: string) {
    this.prefix = prefix;
  }

  keyOf({ id, number, name }: RowIdentity): string {
    const content = `${digitsOf(number)}|${words(name)}`;
    if (id.trim() === '') return this.count(hashed(`n:${content}`));
    const own = this.prefix + hashed(`i:${id.trim()}`);
    if (this.seen.has(own)) return this.count(hashed(`i:${id.trim()}|${content}`));
    this.seen.set(own, 1);
    return own;
  }

  /** As `keyOf`, for what `basesOf` gave of the row. */
  keyOfBases([first, second]: readonly string[]): string {
    if (second === undefined) return this.count(first!);
    const own = this.prefix + first!;
    if (this.seen.has(own)) return this.count(second);
    this.seen.set(own, 1);
    return own;
  }

  /** Keys that a row of this identity may have been given, whatever rows are about it; without what counting adds. */
  static basesOf({ id, number, name }: RowIdentity): string[] {
    const content = `${digitsOf(number)}|${words(name)}`;
    const texts = id.trim() === '' ? [`n:${content}`] : [`i:${id.trim()}`, `i:${id.trim()}|${content}`];
    return texts.map(hashed);
  }

  /** What `basesOf` gives of a key's row; null for a key with another prefix. */
  static baseOf(key: string, prefix: string): string | null {
    return key.startsWith(prefix) ? key.slice(prefix.length).slice(0, hashLength) : null;
  }

  private count(base: string): string {
    const key = this.prefix + base;
    const before = this.seen.get(key) ?? 0;
    this.seen.set(key, before + 1);
    return before === 0 ? key : `${key}.${before + 1}`;
  }
}
