import { watch } from 'vue';
import { OffhookError } from '#contract/errors.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { AgentBridge } from '#contract/ipc/index.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { isEstablished } from '#renderer/features/call/call-list.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { useRecordingsStore } from '#renderer/features/recordings/recordings-store.ts';
import { useSettingsStore } from '#renderer/features/settings/settings-store.ts';
import type { AudioEndpoint } from './audio-endpoint.ts';
import { useAudioStore } from './audio-store.ts';
import { CallRecorder, recorderOptions } from './call-recorder.ts';
import { RecordingDesk } from './recording-desk.ts';
import type { RecordingDeskOptions } from './recording-desk.ts';
import { RecordingUpload } from './recording-upload.ts';
import { VoiceMixer } from './voice-mixer.ts';

/** The window says already that the agent is away; a call that has just ended is nothing to tell. */
const untold = new Set<ErrorCode>(['bridge.closed', 'call.unknown', 'recording.unknown']);

function every(milliseconds: number, run: () => void): () => void {
  const timer = setInterval(run, milliseconds);
  return () => clearInterval(timer);
}

/** Recorders by the browser's own MediaRecorder, within the context that the window has anyway. */
export function recorderFactory(bridge: AgentBridge, context: AudioContext): RecordingDeskOptions['createRecorder'] {
  return (callId, onFailed) => {
    void context.resume();
    return new CallRecorder({
      mixer: new VoiceMixer(context),
      createRecorder: (stream) => new MediaRecorder(stream, recorderOptions),
      upload: new RecordingUpload(bridge, callId, onFailed),
      now: () => performance.now(),
      every,
      onFailed,
    });
  };
}

/** Wires the recording of calls: what the stores want, by the voices that the endpoint has. */
export function startRecording(
  endpoint: Pick<AudioEndpoint, 'onVoices'>,
  createRecorder: RecordingDeskOptions['createRecorder'],
): void {
  const [calls, audio, settings] = [useCallsStore(), useAudioStore(), useSettingsStore()];
  const [recordings, notices] = [useRecordingsStore(), useNoticesStore()];
  /** Calls that the setting has been applied to: one that the user stopped is not begun again. */
  let considered = new Set<string>();

  const desk = new RecordingDesk({
    createRecorder,
    onEnded: (callId) => recordings.stop(callId),
    onFailed(error) {
      if (!(error instanceof OffhookError && untold.has(error.code))) notices.report(error);
    },
  });
  endpoint.onVoices(({ callId, voices }) => desk.setVoices(callId, voices));

  const consider = () => {
    const established = new Set(audio.elsewhere ? [] : calls.calls.filter(isEstablished).map(({ id }) => id));
    // What only a lost connection keeps from being recorded goes on, in a file of its own, when its voices are back.
    for (const callId of recordings.wanted) if (!established.has(callId)) recordings.stop(callId);
    considered = new Set([...considered].filter((callId) => established.has(callId)));
    if (settings.values.recordCalls !== 'always' || !audio.owner) return;
    for (const callId of established) {
      if (!considered.has(callId)) recordings.start(callId);
      considered.add(callId);
    }
  };
  watch([() => calls.calls, () => audio.owner, () => audio.elsewhere, () => settings.values.recordCalls], consider);
  watch(
    () => recordings.wanted,
    (wanted) => desk.want(wanted),
  );
}
