import { useI18n } from 'vue-i18n';

interface Party {
  name: string | null;
  display: string;
  extension: string | null;
  withheld: boolean;
}

/** Long enough for any real name, short enough that hostile text fills no screen. */
const longestName = 120;
const longestText = 10_000;
// Direction overrides and control characters could turn what is shown around (Unicode TR 36).
const deceiving = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** The lines that say who a party is: the name, else the number; a withheld caller as such. */
export function useParty() {
  const { t } = useI18n();
  const clean = (text: string) => text.replace(deceiving, '').trim().slice(0, longestName);
  /** The same for a text of several lines, which it stays. */
  const lines = (text: string) =>
    text
      .slice(0, longestText)
      .split(/\r?\n/)
      .map((line) => line.replace(deceiving, ''))
      .join('\n')
      .trim();

  function number(party: Party): string {
    if (party.withheld) return t('party.withheld.name');
    const extension = party.extension ? ` ${t('number.extension.short', { extension: party.extension })}` : '';
    return clean(party.display) + extension;
  }

  function title(party: Party): string {
    const name = party.withheld ? '' : clean(party.name ?? '');
    return name || number(party) || t('party.unknown.name');
  }

  /** The number under a name; empty where the title is the number already. */
  function subtitle(party: Party): string {
    const shown = number(party);
    return title(party) === shown ? '' : shown;
  }

  return { title, subtitle, number, clean, lines };
}
