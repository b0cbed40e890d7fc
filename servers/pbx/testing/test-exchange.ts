import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentLogger, systemClock, type Clock, type Logger } from '#core/foundation/index.ts';
import type { CodecName } from '#core/media/index.ts';
import { createDtlsCertificate, type DtlsCertificate } from '#core/media/webrtc/index.ts';
import { createPbx, type Pbx } from '#servers/pbx/composition-root.ts';
import { createDemoConfiguration, type PbxConfigurationInput } from '#servers/pbx/directory/index.ts';
import { LegMedia, type MediaSecurity } from '#servers/pbx/media/leg-media.ts';
import { spokenPrompts, type Language, type SpokenPrompt } from '#servers/pbx/media/prompt-library.ts';
import { TestPhone, type TestPhoneOptions } from './test-phone.ts';

/** A PBX on free ports with its demo accounts, and the phones and sounds of one test. */
export class TestExchange {
  readonly pbx: Pbx;
  private readonly prompts: string;
  private readonly passwords: ReadonlyMap<string, string>;
  private readonly phones: TestPhone[] = [];
  private readonly media: LegMedia[] = [];
  private certificate: Promise<DtlsCertificate> | null = null;

  static async open(more: Partial<PbxConfigurationInput> = {}, clock: Clock = systemClock, logger: Logger = silentLogger): Promise<TestExchange> {
    const extensions = ['101', '102', '103'];
    const { config, accounts } = createDemoConfiguration({ sipPort: 0, extensions, more: { groups: { '200': { members: extensions } }, ...more } });
    const prompts = writePrompts();
    const pbx = await createPbx({ config, prompts, clock, logger });
    return new TestExchange(pbx, prompts, new Map(accounts.map(({ extension, password }) => [extension, password])));
  }

  private constructor(pbx: Pbx, prompts: string, passwords: ReadonlyMap<string, string>) {
    this.pbx = pbx;
    this.prompts = prompts;
    this.passwords = passwords;
  }

  async phone(extension: string, options: Partial<TestPhoneOptions> & { registered?: boolean } = {}): Promise<TestPhone> {
    const phone = await TestPhone.open({ pbx: this.pbx, extension, password: this.passwords.get(extension) ?? 'none', ...options });
    this.phones.push(phone);
    if (options.registered ?? true) {
      const { status } = await phone.register();
      if (status !== 200) throw new Error(`REGISTER of ${extension}: ${status}`);
    }
    return phone;
  }

  /** A phone's sound: offers, answers, sends and receives. */
  async sound(codecs: readonly CodecName[] = ['PCMA'], security: MediaSecurity = 'rtp'): Promise<LegMedia> {
    this.certificate ??= createDtlsCertificate();
    const ports = { first: 30_000, last: 31_000 };
    const media = await LegMedia.open({ clock: systemClock, address: '127.0.0.1', ports, certificate: await this.certificate, security, codecs });
    this.media.push(media);
    return media;
  }

  async close(): Promise<void> {
    for (const media of this.media) media.dispose();
    for (const phone of this.phones) await phone.close();
    await this.pbx.stop();
    rmSync(this.prompts, { recursive: true });
  }
}

/** A frame of 20 ms that can be told from others. */
export function frame(fill: number): Buffer {
  return Buffer.alloc(160, fill);
}

/** What the test's prompts sound like: a byte for each, over and over. */
export function soundOf(language: Language, name: SpokenPrompt): number {
  return 1 + spokenPrompts.indexOf(name) + (language === 'en' ? 100 : 0);
}

export const musicSound = 0xee;

/** Prompts of half a second, in PCMA alone, that a test can tell apart. */
function writePrompts(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-prompts-'));
  for (const language of ['ru', 'en'] as const) {
    mkdirSync(path.join(folder, language));
    for (const name of spokenPrompts) writeFileSync(path.join(folder, language, `${name}.pcma`), Buffer.alloc(4000, soundOf(language, name)));
  }
  writeFileSync(path.join(folder, 'music.pcma'), Buffer.alloc(800, musicSound));
  return folder;
}

/** Speaks a frame over and over until one that fits is heard, at most 3 s. Resolves with the payload heard. */
export function hears(listener: LegMedia, fits: (payload: Buffer) => boolean, speaker: LegMedia = listener, spoken: Buffer = frame(0x55)): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const end = (run: () => void) => {
      clearInterval(speaking);
      clearTimeout(timer);
      listener.stream.onAudio = () => {};
      run();
    };
    const speaking = setInterval(() => speaker.stream.sendFrame(spoken, 160), 20);
    const timer = setTimeout(() => end(() => reject(new Error('nothing that fits was heard'))), 3000);
    listener.stream.onAudio = (view) => {
      const payload = Buffer.from(view.payload);
      if (fits(payload)) end(() => resolve(payload));
    };
  });
}
