import { defineStore } from 'pinia';
import { ref } from 'vue';
import { OffhookError, toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { ExportProgress, ExportRequest } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { fetchExport } from './fetch-export.ts';
import type { SaveFile } from './save-file.ts';

export type ExportStage =
  | { kind: 'idle' }
  | { kind: 'writing'; rows: number; total: number }
  | { kind: 'fetching' }
  | { kind: 'saved'; fileName: string; rows: number }
  | { kind: 'failed'; error: ErrorReport };

interface Run {
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
    else stage.value = { kind: 'writing', rows: progress.rows, total: progress.total };
  }
  bridge.on('exports.progress', hear);
  // The agent lets go of what a window asked for that is gone.
  bridge.onConnection((state) => state === 'lost' && run?.finished.reject(OffhookError.fromReport(lost)));

  /** Writes, fetches and saves the file; what goes wrong is in `stage`. */
  async function start(request: ExportRequest, save: SaveFile): Promise<void> {
    if (run) return;
    const own: Run = { exportId: null, finished: Promise.withResolvers() };
    own.finished.promise.catch(() => undefined);
    run = own;
    stage.value = { kind: 'writing', rows: 0, total: 0 };
    const wanted = () => run === own;
    try {
      const { exportId } = await bridge.call('exports.start', request);
      own.exportId = exportId;
      if (!wanted()) return await drop(exportId);
      const { fileName, rows } = await own.finished.promise;
      if (!wanted()) return;
      stage.value = { kind: 'fetching' };
      const content = await fetchExport(bridge, exportId, request.format, wanted);
      if (!content) return;
      save(content, fileName);
      stage.value = { kind: 'saved', fileName, rows };
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

  return { stage, start, cancel, dismiss };
});

const lost: ErrorReport = { code: 'bridge.closed', values: {}, detail: null };
