import { defineStore } from 'pinia';
import { ref } from 'vue';
import { OffhookError, toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { ExportProgress, ExportRequest, PeopleExportFormat, PeopleExportRequest } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { fetchExport } from './fetch-export.ts';
import type { SaveFile } from './save-file.ts';

type Content = 'calls' | 'people';
export type ExportStage =
  | { kind: 'idle' }
  | { kind: 'writing'; of: Content; rows: number; total: number }
  | { kind: 'fetching' }
  | { kind: 'saved'; of: Content; fileName: string; rows: number }
  | { kind: 'failed'; error: ErrorReport };

interface Run {
  of: Content;
  exportId: string | null;
  finished: PromiseWithResolvers<ExportProgress>;
}

/** The one export that this window has going. */
export const useExportStore = defineStore('export', () => {
  const bridge = useBridge();
  const stage = ref<ExportStage>({ kind: 'idle' });
  let run: Run | null = null;

  /** The first words may come before the answer that tells the id. */
  function hear(progress: ExportProgress): void {
    if (!run || (run.exportId ?? progress.exportId) !== progress.exportId) return;
    if (progress.state === 'done') run.finished.resolve(progress);
    else if (progress.state === 'failed') run.finished.reject(OffhookError.fromReport(progress.error ?? lost));
    else stage.value = { kind: 'writing', of: run.of, rows: progress.rows, total: progress.total };
  }
  bridge.on('exports.progress', hear);
  // The agent lets go of what a window asked for that is gone.
  bridge.onConnection((state) => state === 'lost' && run?.finished.reject(OffhookError.fromReport(lost)));

  /** Writes, fetches and saves a file of calls; what goes wrong is in `stage`. */
  function start(request: ExportRequest, save: SaveFile): Promise<void> {
    return write('calls', request.format, () => bridge.call('exports.start', request), save);
  }

  /** The same of people. */
  function startPeople(request: PeopleExportRequest, save: SaveFile): Promise<void> {
    return write('people', request.format, () => bridge.call('exports.startPeople', request), save);
  }

  async function write(
    of: Content,
    format: PeopleExportFormat,
    begin: () => Promise<{ exportId: string }>,
    save: SaveFile,
  ): Promise<void> {
    if (run) return;
    const own: Run = { of, exportId: null, finished: Promise.withResolvers() };
    own.finished.promise.catch(() => undefined);
    run = own;
    stage.value = { kind: 'writing', of, rows: 0, total: 0 };
    const wanted = () => run === own;
    try {
      const { exportId } = await begin();
      own.exportId = exportId;
      if (!wanted()) return await drop(exportId);
      const { fileName, rows } = await own.finished.promise;
      if (!wanted()) return;
      stage.value = { kind: 'fetching' };
      const content = await fetchExport(bridge, exportId, format, wanted);
      if (!content) return;
      save(content, fileName);
      stage.value = { kind: 'saved', of, fileName, rows };
    } catch (error) {
      if (wanted()) stage.value = { kind: 'failed', error: toReport(error) };
    } finally {
      if (wanted()) run = null;
    }
  }

  async function drop(exportId: string): Promise<void> {
    await bridge.call('exports.cancel', { exportId });
  }

  async function cancel(): Promise<void> {
    const exportId = run?.exportId ?? null;
    run = null;
    stage.value = { kind: 'idle' };
    // An agent that is away has let go of it already.
    if (exportId !== null) await drop(exportId).catch(() => undefined);
  }

  function dismiss(): void {
    if (!run) stage.value = { kind: 'idle' };
  }

  return { stage, start, startPeople, cancel, dismiss };
});

const lost: ErrorReport = { code: 'bridge.closed', values: {}, detail: null };
