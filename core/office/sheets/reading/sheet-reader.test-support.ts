import { defaultSettings } from '#contract/settings.ts';
import type { SheetFilter } from '#contract/ipc/index.ts';
import { moscow } from '#core/contacts/people/indexed-people.test-support.ts';
import path from 'node:path';
import { sheetId, type SheetPlace } from '../sheet-place.ts';
import type { SheetQuestion } from './sheet-reader.ts';

export const everyRow: SheetFilter = { text: '', uncalled: false, due: false };
export const resultColumns = {
  outcome: 'Статус',
  note: 'Комментарий',
  calledAt: 'Дата звонка',
  followUp: 'Перезвонить',
};

export function placeOf(file: string, changes: Partial<SheetPlace> = {}): SheetPlace {
  const name = path.basename(file);
  const sheet = changes.sheet ?? 'Лист1';
  return {
    ...{ id: sheetId('d', name, sheet), directoryId: 'd', directoryLabel: 'Клиенты', file: name, path: file },
    ...{ sheet, mapping: null, keyPrefix: '' },
    ...changes,
  };
}

export function questionOf(file: string, changes: Partial<SheetPlace> = {}): SheetQuestion {
  return { place: placeOf(file, changes), results: resultColumns, rules: { ...defaultSettings, ...moscow } };
}
