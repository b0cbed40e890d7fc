import type { OfficeHost } from './office-host.ts';

/** More cells than these are no number to dial. */
const mostCells = 200;

/** What the selected cells show: a number is formatted there as its owner writes it. */
async function selectedText(): Promise<string> {
  return await Excel.run(async (context) => {
    const range = context.workbook.getSelectedRange();
    range.load('cellCount');
    await context.sync();
    if (range.cellCount < 0 || range.cellCount > mostCells) return '';
    range.load('text');
    await context.sync();
    return range.text.map((row) => row.join('\t')).join('\n');
  });
}

export function excelHost(language: string): OfficeHost {
  return {
    kind: 'excel',
    language,
    follow(listener) {
      let last: string | null = null;
      let asked = 0;
      const look = () => {
        const mine = (asked += 1);
        selectedText().then(
          (text) => {
            // An earlier answer that comes late is of cells that are selected no more.
            if (mine !== asked || text === last) return;
            last = text;
            listener(text);
          },
          // While a cell is edited Excel answers nothing; the next selection does.
          () => undefined,
        );
      };
      Office.context.document.addHandlerAsync(Office.EventType.DocumentSelectionChanged, look);
      look();
    },
  };
}
