import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CodecName } from '#core/media/index.ts';
import type { Certificate } from './certificates.ts';
import type { NetworkHost } from './network-namespace.ts';
import { toneWav } from './wav.ts';

export interface BaresipOptions {
  directory: string;
  /** Its own address, e.g. `sip:1002@127.0.0.1:25060;transport=udp`. */
  address: string;
  /** e.g. `{ auth_user: '1002', auth_pass: 'secret', regint: '300', answermode: 'auto', mediaenc: 'srtp-mand' }`. */
  parameters?: Record<string, string>;
  /** The only codec it knows, and its audio source's rate and channels; PCMA when left out. */
  codec?: CodecName;
  /** Hz of the tone that it speaks. */
  tone?: number;
  /** Further lines of its config file, e.g. `rtcp_mux yes`. */
  settings?: string[];
  host?: NetworkHost | null;
  certificate?: Certificate | null;
}

const modules = ['ctrl_tcp', 'g711', 'g722', 'opus', 'aufile', 'aubridge', 'sndfile', 'srtp', 'dtls_srtp', 'ice', 'stun'];

// Name, rate and channels as baresip's account line wants them; the audio source must have the same.
const codecs: Record<CodecName, { name: string; rate: number; channels: 1 | 2 }> = {
  PCMA: { name: 'pcma', rate: 8000, channels: 1 },
  PCMU: { name: 'pcmu', rate: 8000, channels: 1 },
  G722: { name: 'g722/16000/1', rate: 16000, channels: 1 },
  opus: { name: 'opus/48000/2', rate: 48000, channels: 2 },
};

/** Where sndfile puts its recordings. */
export function soundFolder(directory: string): string {
  return path.join(directory, 'sounds');
}

/** @param at ports: SIP (TLS is one above), ctrl_tcp; RTP takes 200 from `sip + 4` */
export function writeBaresipConfig(options: BaresipOptions, at: { address: string; sip: number; control: number }): void {
  const { directory, tone = 440, certificate } = options;
  const { name, rate, channels } = codecs[options.codec ?? 'PCMA'];
  const sounds = soundFolder(directory);
  mkdirSync(sounds, { recursive: true });
  const source = path.join(directory, 'tone.wav');
  writeFileSync(source, toneWav({ frequency: tone, rate, seconds: 120, channels }));
  const lines = [
    `sip_listen ${at.address}:${at.sip}`,
    ...(certificate ? [`sip_certificate ${certificate.bundle}`] : []),
    `net_interface ${at.address}`,
    'audio_player aubridge,null',
    `audio_source aufile,${source}`,
    'audio_alert aubridge,nullalert',
    `rtp_ports ${at.sip + 4}-${at.sip + 203}`,
    'module_path /usr/lib/baresip/modules',
    ...modules.map((module) => `module ${module}.so`),
    'module_tmp uuid.so',
    'module_tmp account.so',
    'module_app menu.so',
    'module_app contact.so',
    `snd_path ${sounds}`,
    `ctrl_tcp_listen ${at.address}:${at.control}`,
    ...(options.settings ?? []),
  ];
  const parameters = Object.entries({ regint: '0', answermode: 'manual', audio_codecs: name, ...options.parameters });
  writeFileSync(path.join(directory, 'config'), `${lines.join('\n')}\n`);
  writeFileSync(
    path.join(directory, 'accounts'),
    `<${options.address}>${parameters.map(([key, value]) => `;${key}=${value}`).join('')}\n`,
  );
  writeFileSync(path.join(directory, 'contacts'), '');
}
