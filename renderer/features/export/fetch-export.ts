import type { AgentBridge, PeopleExportFormat } from '#contract/ipc/index.ts';

const types: Record<PeopleExportFormat, string> = {
  vcf: 'text/vcard;charset=utf-8',
  csv: 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Brings a finished file over the bridge, piece by piece; the browser keeps the pieces, not the page's own memory. */
export async function fetchExport(
  bridge: Pick<AgentBridge, 'call'>,
  exportId: string,
  format: PeopleExportFormat,
  wanted: () => boolean,
): Promise<Blob | null> {
  const pieces: Blob[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const { chunk, next }: { chunk: string; next: number | null } = await bridge.call('exports.read', {
      exportId,
      offset,
    });
    if (!wanted()) return null;
    pieces.push(new Blob([Uint8Array.from(atob(chunk), (character) => character.charCodeAt(0))]));
    offset = next;
  }
  return new Blob(pieces, { type: types[format] });
}
