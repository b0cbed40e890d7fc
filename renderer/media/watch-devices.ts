import type { useAudioStore } from './audio-store.ts';
import type { Microphone } from './microphone.ts';

/** Keeps the store's devices and permission as the browser tells them, and warms the microphone up where it may. */
export function watchDevices(options: {
  audio: ReturnType<typeof useAudioStore>;
  microphone: Microphone;
  warmUp: () => Promise<boolean>;
}): void {
  const { audio, microphone, warmUp } = options;
  const devices = navigator.mediaDevices as MediaDevices | undefined;

  const list = async () => {
    const all = (await devices?.enumerateDevices()) ?? [];
    // `default` and `communications` repeat a device that is listed under its own name.
    const named = all.filter((device) => device.deviceId !== 'default' && device.deviceId !== 'communications');
    audio.microphones = named.filter((device) => device.kind === 'audioinput' && device.deviceId !== '');
    audio.speakers = named.filter((device) => device.kind === 'audiooutput' && device.deviceId !== '');
  };
  devices?.addEventListener('devicechange', () => {
    void list();
    if (audio.microphoneProblem) void microphone.reopen();
  });
  microphone.onTrack(() => void list());

  const watchPermission = async () => {
    const status = await navigator.permissions.query({ name: 'microphone' });
    const take = () => {
      audio.permission = status.state;
      if (status.state === 'granted') void warmUp();
    };
    status.addEventListener('change', take);
    take();
  };
  void list();
  // A browser that does not know this permission asks at the first call.
  watchPermission().catch(() => (audio.permission = 'unknown'));
}
