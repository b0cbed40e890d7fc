/** One attribute as it came: `telephoneNumber`, `cn;lang-ru`, `userCertificate;binary`. */
export interface RawAttribute {
  type: string;
  values: readonly Buffer[];
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** In bytes; what is longer is no text for a card. */
const longestText = 64 * 1024;

/** Values by name of attribute, in whatever case, with and without options (RFC 4512, 2.5). */
export class RawEntry {
  readonly dn: string;
  /** Attributes that were left out for their size. */
  readonly oversized: readonly string[];
  /** As they came. */
  readonly all: readonly RawAttribute[];
  private readonly attributes: readonly { base: string; whole: string; values: readonly Buffer[] }[];

  constructor(dn: string, attributes: readonly RawAttribute[], oversized: readonly string[] = []) {
    this.dn = dn;
    this.oversized = oversized;
    this.all = attributes;
    this.attributes = attributes.map(({ type, values }) => {
      const whole = type.toLowerCase();
      return { base: whole.split(';', 1)[0] ?? '', whole, values };
    });
  }

  /** Of the attribute itself first, then those with options; with the options of `name` where it has any. */
  values(name: string): Buffer[] {
    const wanted = name.toLowerCase();
    const exact = this.attributes.filter((attribute) => attribute.whole === wanted);
    const optional = this.attributes.filter((attribute) => attribute.base === wanted && attribute.whole !== wanted);
    return [...exact, ...optional].flatMap((attribute) => attribute.values);
  }

  /** What can be read; neither bytes nor blanks. */
  texts(name: string): string[] {
    return this.values(name)
      .map(textOf)
      .filter((text) => text !== null && text !== '') as string[];
  }

  hasLongText(name: string): boolean {
    return this.values(name).some((value) => value.length > longestText);
  }
}

function textOf(value: Buffer): string | null {
  if (value.length > longestText) return null;
  try {
    return utf8.decode(value).trim();
  } catch {
    return null;
  }
}
