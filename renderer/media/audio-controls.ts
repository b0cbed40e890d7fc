import { inject } from 'vue';
import type { InjectionKey } from 'vue';
import type { Microphone } from './microphone.ts';
import type { TonePlayer } from './tone-player.ts';

/** What the settings page and the prompts may do with the window's sound. */
export interface AudioControls {
  /** Makes sound audible where the browser waits for a click; call it inside one. */
  unlock(): Promise<void>;
  /** Has the browser ask for the microphone; true when it is there. */
  askMicrophone(): Promise<boolean>;
  microphone: Microphone;
  ringer: TonePlayer;
  speaker: TonePlayer;
  context: AudioContext;
}

export const audioControlsKey: InjectionKey<AudioControls> = Symbol('audio controls');

export function useAudioControls(): AudioControls {
  const controls = inject(audioControlsKey);
  if (!controls) throw new Error('no audio controls were provided to this window');
  return controls;
}
