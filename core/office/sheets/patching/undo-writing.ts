import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { OffhookError } from '#contract/errors.ts';
import type { KeptVersions } from './files/kept-versions.ts';
import type { FileReplacer } from './files/replace-file.ts';

async function copyInto(draft: FileHandle, file: string): Promise<void> {
  let position = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    const bytes = chunk as Buffer;
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await draft.write(bytes, done, bytes.length - done, position);
      done += bytesWritten;
      position += bytesWritten;
    }
  }
}

/** Puts the version before the last write back, if what was written is still there. */
export async function undoWriting(file: string, replacer: FileReplacer, kept: KeptVersions): Promise<void> {
  const last = kept.last(file);
  if (!last) throw new OffhookError('sheet.nothing-to-undo');
  const copy = kept.pathOf(last);
  await replacer.rewrite(
    file,
    async (source, draft) => {
      if (source.hash !== last.written) throw new OffhookError('sheet.changed', { values: { copy } });
      await copyInto(draft, copy);
      return { result: null, changed: true };
    },
    false,
  );
  kept.drop(last);
}
