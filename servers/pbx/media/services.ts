import { toDisposable, type Clock, type Disposable } from '#core/foundation/index.ts';
import { playPrompt } from '#core/media/prompt/index.ts';
import { pressInMenu, type MenuAction, type MenuState } from '#servers/pbx/plan/index.ts';
import type { LegMedia } from './leg-media.ts';
import type { PromptLibrary, SpokenPrompt } from './prompt-library.ts';

/** Sends back what is heard, from the first packet on. */
export function playEcho({ stream }: LegMedia): Disposable {
  stream.onAudio = (view, codec) => void stream.forward(view, codec);
  return toDisposable(() => {
    stream.onAudio = () => {};
    stream.writer.breakSource();
  });
}

export function playMusic(media: LegMedia, prompts: PromptLibrary, clock: Clock): Disposable {
  const music = media.codec && prompts.music(media.codec);
  return music ? playPrompt(media.stream, music, clock, { loop: true }) : toDisposable(() => {});
}

export interface MenuOptions {
  media: LegMedia;
  prompts: PromptLibrary;
  clock: Clock;
  language: MenuState['language'];
  /** The caller asked for the end, and the good-bye is said. */
  onEnd: () => void;
}

/** ms of silence between two rounds of the menu. */
const pauseBetweenRounds = 4000;
const rounds = 5;

/** Carries out what `pressInMenu` decides: speaks, echoes, plays. */
export class MenuService implements Disposable {
  private readonly options: MenuOptions;
  private state: MenuState;
  private sound: Disposable | null = null;
  private said = 0;

  constructor(options: MenuOptions) {
    this.options = options;
    this.state = { language: options.language, place: 'menu' };
  }

  start(): void {
    this.options.media.whenReady(() => this.sayMenu());
  }

  press(digit: string): void {
    const { state, action } = pressInMenu(this.state, digit);
    // A second 2 or 3 must not break the echo or begin the music anew.
    if (action.do === this.state.place && state.place === this.state.place) return;
    this.state = state;
    this.said = 0;
    this.carryOut(action);
  }

  dispose(): void {
    this.sound?.dispose();
    this.sound = null;
  }

  private carryOut(action: MenuAction): void {
    const { media, prompts, clock, onEnd } = this.options;
    this.dispose();
    switch (action.do) {
      case 'say':
        return action.prompt === 'unknown' ? this.say('unknown', () => this.sayMenu()) : action.prompt === 'menu' ? this.sayMenu() : this.say(action.prompt);
      case 'say-digit':
        return this.say(promptOf(action.digit));
      case 'echo':
        return this.say('echo', () => (this.sound = playEcho(media)));
      case 'music':
        this.sound = playMusic(media, prompts, clock);
        return;
      case 'end':
        return this.say('goodbye', onEnd);
    }
  }

  /** Repeats the menu with pauses for those who think; a caller who fell asleep is let go in the end. */
  private sayMenu(): void {
    this.said += 1;
    if (this.said > rounds) return this.say('goodbye', this.options.onEnd);
    this.say('menu', () => (this.sound = this.options.clock.after(pauseBetweenRounds, () => this.sayMenu())));
  }

  private say(name: SpokenPrompt, then: () => void = () => {}): void {
    const { media, prompts, clock } = this.options;
    this.dispose();
    const prompt = media.codec && prompts.speech(this.state.language, name, media.codec);
    this.sound = prompt ? playPrompt(media.stream, prompt, clock, { onEnd: then }) : clock.after(0, then);
  }
}

function promptOf(digit: string): SpokenPrompt {
  if (/^[0-9]$/.test(digit)) return `digit-${digit}` as SpokenPrompt;
  return digit === '#' ? 'digit-hash' : 'unknown';
}
