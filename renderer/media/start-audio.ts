import { watch } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { AgentBridge } from '#contract/ipc/index.ts';
import { useSessionStore } from '#renderer/app/session-store.ts';
import { isHeld } from '#renderer/features/call/call-list.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { useLinesStore } from '#renderer/features/lines/lines-store.ts';
import { useSettingsStore } from '#renderer/features/settings/settings-store.ts';
import { AudioEndpoint } from './audio-endpoint.ts';
import { useAudioStore } from './audio-store.ts';
import type { AudioControls } from './audio-controls.ts';
import { chooseTone } from './choose-tone.ts';
import { Microphone } from './microphone.ts';
import { PreparedConnections } from './prepared-connections.ts';
import { silentTrack } from './silence.ts';
import { recorderFactory, startRecording } from './start-recording.ts';
import { SpeakerOutput } from './speaker-output.ts';
import { TonePlayer } from './tone-player.ts';
import { watchDevices } from './watch-devices.ts';

const qualityIntervalMilliseconds = 2000;
const renewalIntervalMilliseconds = 10_000;
const setTimer = (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds);

function makeCertificate(): () => Promise<RTCCertificate | null> {
  const made = RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as EcKeyGenParams).catch(() => null);
  return () => made;
}

/** Wires the window's sound: microphone, connections, tones and the stores that steer them. Called once, at start. */
export function startAudio(bridge: AgentBridge): AudioControls {
  const [session, calls, lines] = [useSessionStore(), useCallsStore(), useLinesStore()];
  const [settings, audio] = [useSettingsStore(), useAudioStore()];
  const speakerContext = new AudioContext({ latencyHint: 'interactive' });
  const speaker = new TonePlayer(speakerContext, setTimer);
  const ringer = new TonePlayer(new AudioContext(), setTimer);
  const outputs = new Set<SpeakerOutput>();
  const microphone = new Microphone({ devices: navigator.mediaDevices, setTimer });
  const connections = new PreparedConnections({
    create: (configuration) => new RTCPeerConnection(configuration),
    certificate: makeCertificate(),
    now: () => performance.now(),
    setTimer,
  });
  let silent: MediaStreamTrack | null = null;
  const endpoint = new AudioEndpoint({
    bridge,
    microphone,
    connections,
    setTimer,
    silence: () => (silent ??= silentTrack(speakerContext))?.clone() ?? null,
    createOutput: () => {
      const output = new SpeakerOutput(settings.values.speakerId, {
        onBlocked: () => (audio.soundBlocked = true),
        onClosed: (closed) => outputs.delete(closed),
      });
      outputs.add(output);
      return output;
    },
  });

  startRecording(endpoint, recorderFactory(bridge, speakerContext));
  microphone.onProblem((problem) => (audio.microphoneProblem = problem ? toReport(problem) : null));
  setInterval(() => void endpoint.reportQuality(), qualityIntervalMilliseconds);

  const steer = () => {
    const sounding = audio.owner ? chooseTone(calls.calls) : { ring: null, speaker: null };
    if (sounding.ring) ringer.play(sounding.ring, settings.values.ringerVolume / 100);
    else if (ringer.playing === 'ring') ringer.stop();
    if (sounding.speaker) speaker.play(sounding.speaker);
    else if (speaker.playing !== 'test') speaker.stop();
    for (const call of calls.calls) {
      endpoint.setMuted(call.id, call.muted || isHeld(call));
      endpoint.setOutputMuted(call.id, isHeld(call));
    }
  };
  watch([() => calls.calls, () => audio.owner, () => settings.values.ringerVolume], steer);
  const prepare = () => {
    if (!audio.owner) return connections.clear();
    const webrtc = lines.lines.filter(({ account }) => account.enabled && account.media === 'webrtc');
    connections.prepare(webrtc.map(({ account }) => account.stunServer));
  };
  watch([() => lines.lines, () => audio.owner], prepare);
  watch(() => settings.values.microphoneId, (id) => void microphone.useDevice(id), { immediate: true });
  watch(() => settings.values.ringerId, (id) => void ringer.useDevice(id), { immediate: true });
  watch(
    () => settings.values.speakerId,
    (id) => {
      void speaker.useDevice(id);
      for (const output of outputs) void output.useDevice(id);
    },
    { immediate: true },
  );
  const prepareAnew = () => {
    connections.clear();
    prepare();
  };
  setInterval(() => connections.renew(), renewalIntervalMilliseconds);
  window.addEventListener('online', prepareAnew);
  // Without the permission, candidates name this host by mDNS (RFC 8828 mode 3), which a PBX cannot resolve.
  watch(() => audio.permission, (permission) => permission === 'granted' && prepareAnew());

  const unlock = async () => {
    const [ring] = await Promise.all([ringer.unlock(), speaker.unlock()]);
    for (const output of outputs) if (audio.soundBlocked) output.resume();
    audio.soundBlocked = !ring;
  };
  const claimIfIdle = () => {
    if (session.connection === 'open' && !audio.owner && calls.underway.length === 0) void audio.claim().catch(() => null);
  };
  // Not at pointerdown: the banner that goes would move what is being clicked from under the pointer.
  for (const gesture of ['click', 'keydown']) {
    window.addEventListener(gesture, () => {
      if (audio.soundBlocked) void unlock();
      claimIfIdle();
    });
  }
  // Each connection to the agent begins with this window, the newest, taking the sound.
  watch(() => session.connection, (state) => state === 'open' && void audio.claim().then(unlock, () => null));

  const askMicrophone = async () => {
    const opened = await microphone.acquire().catch(() => null);
    microphone.release();
    return opened !== null;
  };
  watchDevices({ audio, microphone, warmUp: askMicrophone });
  return { unlock, askMicrophone, microphone, ringer, speaker, context: speakerContext };
}
