import path from 'node:path';
import { toReport, type ErrorReport } from '#contract/errors.ts';
import type { Clock } from '#core/foundation/index.ts';
import { namingRefusal } from './naming-refusal.ts';
import { DraftFiles } from './patching/files/draft-files.ts';
import { KeptVersions } from './patching/files/kept-versions.ts';
import { lookAtFile } from './patching/files/look-at-file.ts';
import { FileReplacer } from './patching/files/replace-file.ts';
import { writingError } from './patching/files/writing-error.ts';
import { checkWritable } from './patching/package/check-writable.ts';
import { linkTable, patchTable } from './patching/patch-table.ts';
import { undoWriting } from './patching/undo-writing.ts';
import type { LinkChange, RowChange, RowOutcome, WorkbookTarget, WorkbookWriter } from './workbook-writer.ts';

export interface FileWorkbookWriterOptions {
  /** Where the versions before the last writes are kept: of this Offhook alone. */
  keptFolder: string;
  clock: Clock;
  newId: () => string;
  /** For tests: called right before a file's place is taken. */
  onReady?: () => void;
}

/** Writes into closed workbooks and text tables by their files. Belongs into a thread; one write at a time. */
export class FileWorkbookWriter implements WorkbookWriter {
  private readonly kept: KeptVersions;
  private readonly replacer: FileReplacer;
  private last: Promise<unknown> = Promise.resolve();

  constructor({ keptFolder, clock, newId, onReady }: FileWorkbookWriterOptions) {
    this.kept = new KeptVersions(keptFolder);
    const drafts = new DraftFiles(keptFolder, newId, () => clock.now());
    this.replacer = new FileReplacer({ drafts, kept: this.kept, clock, newId, ...(onReady && { onReady }) });
  }

  async look(file: string): Promise<ErrorReport | null> {
    try {
      await checkWritable(await lookAtFile(file));
      return null;
    } catch (error) {
      return toReport(writingError(error, file));
    }
  }

  write(target: WorkbookTarget, changes: readonly RowChange[]): Promise<{ rows: RowOutcome[]; copy: string | null }> {
    return this.inTurn(target.file, async (file) => {
      const { result, copy } = await this.replacer.rewrite(file, (source, draft) =>
        patchTable(source, draft, target, changes),
      );
      return { rows: result.map((outcome) => namingRefusal(outcome, file)), copy };
    });
  }

  setLinks(target: WorkbookTarget, change: LinkChange): Promise<{ cells: number; copy: string | null }> {
    return this.inTurn(target.file, async (file) => {
      const { result, copy } = await this.replacer.rewrite(file, (source, draft) =>
        linkTable(source, draft, target, change),
      );
      return { cells: result, copy };
    });
  }

  async undo(file: string): Promise<void> {
    await this.inTurn(file, (known) => undoWriting(known, this.replacer, this.kept));
  }

  lastWrite(file: string): { at: number; canUndo: boolean } | null {
    const version = this.kept.last(path.resolve(file));
    return version && { at: version.at, canUndo: true };
  }

  /** Whatever comes while a write goes on waits for it. */
  private async inTurn<T>(file: string, run: (file: string) => Promise<T>): Promise<T> {
    const before = this.last;
    const turn = (async () => {
      await before;
      try {
        return await run(path.resolve(file));
      } catch (error) {
        throw writingError(error, file);
      }
    })();
    this.last = turn.catch(() => undefined);
    return await turn;
  }
}
