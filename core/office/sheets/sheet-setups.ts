import type { ResultColumns, SheetColumn, SheetSetup } from '#contract/ipc/index.ts';
import type { NumberRules } from '#core/contacts/index.ts';
import type { Logger } from '#core/foundation/index.ts';
import type { KeptSetup, SheetStore } from './journal/sheet-store.ts';
import type { SheetQuestion, SheetReader } from './reading/sheet-reader.ts';
import type { SheetList } from './sheet-list.ts';
import type { SheetPlace } from './sheet-place.ts';
import { recogniseResults, usualSetup, type OfficeLanguage } from './usual-setup.ts';

export interface SheetSetupsOptions {
  store: SheetStore;
  reader: SheetReader;
  list: SheetList;
  rules: () => NumberRules;
  language: () => OfficeLanguage;
  logger: Logger;
}

const noResults: ResultColumns = { outcome: null, note: null, calledAt: null, followUp: null };

/** How each sheet is set up: as the user chose, or else as its headings say. */
export class SheetSetups {
  private readonly options: SheetSetupsOptions;
  private readonly kept = new Map<string, KeptSetup>();

  constructor(options: SheetSetupsOptions) {
    this.options = options;
    // Other headings may have come.
    options.reader.onRead(({ sheetId, rows }) => {
      if (rows === null && this.kept.get(sheetId)?.chosen === false) this.kept.delete(sheetId);
    });
  }

  async of(place: SheetPlace): Promise<KeptSetup> {
    const known = this.kept.get(place.id) ?? (await this.options.store.setup(place.id));
    if (known?.chosen || (known && this.kept.has(place.id))) {
      this.kept.set(place.id, known);
      return known;
    }
    return this.recognise(place, known);
  }

  async choose(place: SheetPlace, setup: SheetSetup): Promise<void> {
    await this.options.store.keepSetup(place, { setup, chosen: true });
    this.options.list.remember(place);
    this.kept.set(place.id, { setup, chosen: true });
  }

  headings(place: SheetPlace): Promise<SheetColumn[]> {
    return this.options.reader.headings(this.bare(place));
  }

  async questionFor(place: SheetPlace): Promise<SheetQuestion> {
    const { setup } = await this.of(place);
    return { place, results: setup.results, rules: this.rules() };
  }

  /** Columns that the sheet has for results; of one that the user set up, those that were chosen. */
  async columnsThere(place: SheetPlace): Promise<ResultColumns> {
    const { setup, chosen } = await this.of(place);
    if (chosen) return setup.results;
    const found = await this.headings(place).catch(() => []);
    return recogniseResults(found.map(({ heading }) => heading));
  }

  reload(): void {
    this.kept.clear();
  }

  private async recognise(place: SheetPlace, before: KeptSetup | null): Promise<KeptSetup> {
    const { store, language, list, logger } = this.options;
    try {
      const headings = await this.headings(place);
      const kept = {
        setup: usualSetup(
          headings.map(({ heading }) => heading),
          language(),
        ),
        chosen: false,
      };
      if (JSON.stringify(before) !== JSON.stringify(kept)) await store.keepSetup(place, kept);
      list.remember(place);
      this.kept.set(place.id, kept);
      return kept;
    } catch (error) {
      logger.warn('the headings of a sheet could not be read', { error });
      return before ?? { setup: usualSetup([], language()), chosen: false };
    }
  }

  private rules(): NumberRules {
    const { country, areaCode, dialOutPrefix, dialFormat, internalMaxDigits } = this.options.rules();
    return { country, areaCode, dialOutPrefix, dialFormat, internalMaxDigits };
  }

  private bare(place: SheetPlace): SheetQuestion {
    return { place, results: noResults, rules: this.rules() };
  }
}
