import type { Page } from '@playwright/test';

const rate = 8000;

/** Decodes a sound file by the browser's own decoder, at 8 kHz. */
export async function decodeSound(page: Page, file: Buffer): Promise<{ channels: Float32Array[]; rate: number }> {
  const texts = await page.evaluate(
    async ([text, hertz]) => {
      const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const decoded = await new OfflineAudioContext(1, 1, hertz).decodeAudioData(bytes.buffer);
      return Array.from({ length: decoded.numberOfChannels }, (_, channel) => {
        const samples = new Uint8Array(decoded.getChannelData(channel).slice().buffer);
        let binary = '';
        for (let at = 0; at < samples.length; at += 0x8000)
          binary += String.fromCharCode(...samples.subarray(at, at + 0x8000));
        return btoa(binary);
      });
    },
    [file.toString('base64'), rate] as const,
  );
  const channels = texts.map((text) => new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer));
  return { channels, rate };
}
