/** A row of a catalog's section of contact information, as OData gives it; any of it may be missing. */
export interface ContactInformationRow {
  Ref_Key: string;
  Тип?: string | null;
  Вид_Key?: string | null;
  /** As the user wrote it, at most 500 characters. */
  Представление?: string | null;
  АдресЭП?: string | null;
  /** Country, area and number in one, without a plus and without the extension. */
  НомерТелефона?: string | null;
  /** JSON of the standard subsystems library: countryCode, areaCode, number, extNumber, value. */
  Значение?: string | null;
}

export interface ContactInformation {
  numbers: { text: string; label: string }[];
  emails: string[];
  links: string[];
  /** Addresses and other kinds, under the name of their kind. */
  fields: { name: string; value: string }[];
}

interface PhoneValue {
  countryCode?: unknown;
  areaCode?: unknown;
  number?: unknown;
  extNumber?: unknown;
}

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

function readValue(json: string | null | undefined): PhoneValue {
  if (!json?.trimStart().startsWith('{')) return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // The text beside it says the same.
    return {};
  }
}

/** The number with its extension: from its parts where 1C keeps them, else as it was written. */
export function phoneText(row: ContactInformationRow): string {
  const value = readValue(row.Значение);
  const [country, area, number] = [value.countryCode, value.areaCode, value.number].map((part) =>
    text(part).replace(/\D/g, ''),
  );
  const extension = text(value.extNumber);
  if (country && number) return `+${country}${area}${number}${extension ? ` доб. ${extension}` : ''}`;
  const written = text(row.Представление);
  if (/\d/.test(written)) return written;
  const digits = text(row.НомерТелефона).replace(/\D/g, '');
  return digits.length > 10 ? `+${digits}` : digits;
}

const labels: readonly (readonly [RegExp, string])[] = [
  [/моб|сот/i, 'mobile'],
  [/факс/i, 'fax'],
  [/дом/i, 'home'],
  [/служ|раб/i, 'work'],
  [/внутр/i, 'internal'],
];

function phoneLabel(kind: string, type: string): string {
  if (type === 'Факс') return 'fax';
  return labels.find(([pattern]) => pattern.test(kind))?.[1] ?? kind.slice(0, 60);
}

/** @param kindName what the office calls a kind of contact information; empty where that is not known */
export function readContactInformation(
  rows: readonly ContactInformationRow[],
  kindName: (key: string) => string,
): ContactInformation {
  const found: ContactInformation = { numbers: [], emails: [], links: [], fields: [] };
  for (const row of rows) {
    const kind = kindName(row.Вид_Key ?? '');
    const written = text(row.Представление);
    switch (row.Тип) {
      case 'Телефон':
      case 'Факс': {
        const number = phoneText(row);
        if (number !== '') found.numbers.push({ text: number, label: phoneLabel(kind, row.Тип) });
        break;
      }
      case 'АдресЭлектроннойПочты': {
        const address = text(row.АдресЭП) || written;
        if (address.includes('@')) found.emails.push(address);
        break;
      }
      case 'ВебСтраница':
        if (written !== '') found.links.push(/^https?:\/\//i.test(written) ? written : `http://${written}`);
        break;
      default:
        if (written !== '') found.fields.push({ name: kind || (row.Тип ?? ''), value: written });
    }
  }
  return found;
}
