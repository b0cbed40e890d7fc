import { excelHost } from './excel-host.ts';
import type { OfficeHost } from './office-host.ts';
import { outlookHost } from './outlook-host.ts';

/** ms that Office's script may take to load. */
const patience = 15_000;
const every = 100;

/** Where Office’s script does not come (no network), the pane says so. */
export async function findHost(): Promise<OfficeHost> {
  const end = performance.now() + patience;
  while (!('Office' in globalThis)) {
    if (performance.now() > end) return { kind: 'none', language: navigator.language, follow: () => undefined };
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  const { host } = await Office.onReady();
  const language = host === null ? navigator.language : Office.context.displayLanguage;
  if (host === Office.HostType.Excel) return excelHost(language);
  if (host === Office.HostType.Outlook) return outlookHost(language);
  return { kind: 'none', language, follow: () => undefined };
}
