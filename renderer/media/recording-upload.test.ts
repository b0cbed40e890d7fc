import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { recordingChunkBytes, recordingCommands } from '#contract/ipc/index.ts';
import { DemoBridge } from '#renderer/bridge/demo-bridge.ts';
import { fromBase64 } from './base64.ts';
import { RecordingUpload } from './recording-upload.ts';

const recordingId = '5b1f3c1e-0000-4000-8000-000000000001';

function build() {
  const bridge = new DemoBridge();
  bridge.answer('recordings.start', () => ({ recordingId }));
  const failures: unknown[] = [];
  const start = () => new RecordingUpload(bridge, 'call', (error) => failures.push(error));
  const appended = () =>
    bridge.calls
      .filter(({ command }) => command === 'recordings.append')
      .map(({ args }) => args as { offset: number; chunk: string; peaks: string });
  return { bridge, failures, start, appended };
}

describe('the upload of a recording', () => {
  it('sends every piece in order, each with where it begins, and the length at the end', async () => {
    const { bridge, start, appended } = build();
    const upload = start();
    upload.add(new Blob(['abc']), new Uint8Array([1, 2]));
    upload.add(new Blob(['de']), new Uint8Array());
    await upload.finish(1234);
    expect(appended().map(({ offset, chunk, peaks }) => [offset, atob(chunk), [...fromBase64(peaks)]])).toEqual([
      [0, 'abc', [1, 2]],
      [3, 'de', []],
    ]);
    expect(bridge.calls.at(-1)).toEqual({
      command: 'recordings.finish',
      args: { recordingId, durationMilliseconds: 1234 },
    });
  });

  it('cuts a piece that came late and large into messages that the agent takes', async () => {
    const { start, appended } = build();
    const upload = start();
    upload.add(new Blob([new Uint8Array(recordingChunkBytes * 2 + 5)]), new Uint8Array([7, 7]));
    await upload.finish(1);
    expect(appended().map(({ offset }) => offset)).toEqual([0, recordingChunkBytes, recordingChunkBytes * 2]);
    expect(appended().map(({ peaks }) => fromBase64(peaks).length)).toEqual([2, 0, 0]);
    for (const args of appended()) {
      expect(recordingCommands['recordings.append'].args.safeParse(args).success).toBe(true);
      expect(JSON.stringify(args).length).toBeLessThan(256 * 1024);
    }
  });

  it('sends nothing more once the agent takes nothing more, and says so once', async () => {
    const { bridge, failures, start, appended } = build();
    bridge.answer('recordings.append', () => {
      throw new OffhookError('recording.disk-full');
    });
    const upload = start();
    upload.add(new Blob(['a']), new Uint8Array());
    upload.add(new Blob(['b']), new Uint8Array());
    await upload.finish(1);
    expect(failures).toMatchObject([{ code: 'recording.disk-full' }]);
    expect(appended()).toHaveLength(1);
    expect(bridge.calls.some(({ command }) => command === 'recordings.finish')).toBe(false);
  });

  it('says when the recording could not even begin', async () => {
    const { bridge, failures, start, appended } = build();
    bridge.answer('recordings.start', () => {
      throw new OffhookError('recording.failed');
    });
    const upload = start();
    upload.add(new Blob(['a']), new Uint8Array());
    await upload.finish(1);
    expect(failures).toMatchObject([{ code: 'recording.failed' }]);
    expect(appended()).toEqual([]);
  });

  it('is content when the agent has closed the file before', async () => {
    const { bridge, failures, start } = build();
    bridge.answer('recordings.finish', () => {
      throw new OffhookError('recording.unknown');
    });
    await start().finish(1);
    expect(failures).toEqual([]);
  });
});
