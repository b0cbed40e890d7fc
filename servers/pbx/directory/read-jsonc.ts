/** Where something stands in a configuration file. */
export class ConfigurationError extends Error {
  /** Counted from 1; null when it concerns the file as a whole. */
  readonly line: number | null;

  constructor(message: string, line: number | null) {
    super(line === null ? message : `line ${line}: ${message}`);
    this.name = 'ConfigurationError';
    this.line = line;
  }
}

export interface ReadJsonc {
  value: unknown;
  /** Line (from 1) of each key and element, by its path joined with `.`. */
  lines: ReadonlyMap<string, number>;
}

const maximumDepth = 20;

/** JSON with `//` and block comments and trailing commas; remembers where each key stands. Throws `ConfigurationError`. */
export function readJsonc(text: string): ReadJsonc {
  const reader = new Reader(text);
  const value = reader.value([]);
  reader.skip();
  if (reader.at < text.length) throw reader.error('something follows the end of the file');
  return { value, lines: reader.lines };
}

class Reader {
  readonly lines = new Map<string, number>();
  at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text.replace(/^\uFEFF/, '');
  }

  value(path: string[]): unknown {
    this.skip();
    if (path.length > maximumDepth) throw this.error('nested too deeply');
    const character = this.text[this.at];
    if (character === '{') return this.object(path);
    if (character === '[') return this.array(path);
    if (character === '"') return this.string();
    return this.literal();
  }

  skip(): void {
    const gap = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    gap.lastIndex = this.at;
    this.at += gap.exec(this.text)![0].length;
  }

  error(message: string, at = this.at): ConfigurationError {
    return new ConfigurationError(message, this.lineAt(at));
  }

  private lineAt(at: number): number {
    return this.text.slice(0, at).split('\n').length;
  }

  private object(path: string[]): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    this.at += 1;
    for (;;) {
      this.skip();
      if (this.take('}')) return Object.fromEntries(entries);
      if (this.text[this.at] !== '"') throw this.error('a key in double quotes or } was expected');
      const start = this.at;
      const key = this.string();
      if (entries.has(key)) throw this.error(`"${key}" is there twice`, start);
      const inner = [...path, key];
      this.lines.set(inner.join('.'), this.lineAt(start));
      this.skip();
      if (!this.take(':')) throw this.error(`: was expected after "${key}"`);
      entries.set(key, this.value(inner));
      this.separator('}');
    }
  }

  private array(path: string[]): unknown[] {
    const items: unknown[] = [];
    this.at += 1;
    for (;;) {
      this.skip();
      if (this.take(']')) return items;
      const inner = [...path, String(items.length)];
      this.lines.set(inner.join('.'), this.lineAt(this.at));
      items.push(this.value(inner));
      this.separator(']');
    }
  }

  private separator(end: string): void {
    this.skip();
    if (!this.take(',') && this.text[this.at] !== end) throw this.error(`, or ${end} was expected`);
  }

  private string(): string {
    const shape = /"(?:[^"\\\n]|\\.)*"/y;
    shape.lastIndex = this.at;
    const found = shape.exec(this.text)?.[0];
    if (found === undefined) throw this.error('a text is not closed on its line');
    const start = this.at;
    this.at += found.length;
    try {
      return JSON.parse(found) as string;
    } catch (cause) {
      throw this.error(`unreadable text: ${(cause as Error).message}`, start);
    }
  }

  private literal(): unknown {
    const shape = /(?:true|false|null|-?\d+(?:\.\d+)?)(?![\w.])/y;
    shape.lastIndex = this.at;
    const found = shape.exec(this.text)?.[0];
    if (found === undefined) throw this.error('a value was expected');
    this.at += found.length;
    return JSON.parse(found);
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }
}
