import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hasProgram } from './has-program.ts';
import { ManagedProcess } from './managed-process.ts';
import { until } from './until.ts';

export const hasXDisplay = ['Xvfb', 'xclip', 'xdotool'].every(hasProgram);

const field = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);

/** An X display of its own that lets in only who has its cookie. */
export interface XDisplay {
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** @param folder for its cookie and its log */
export async function startXDisplay(folder: string): Promise<XDisplay> {
  let number = 100 + (process.pid % 400);
  while (existsSync(`/tmp/.X11-unix/X${number}`)) number += 1;
  const authority = path.join(folder, 'Xauthority');
  const cookie = Buffer.from(Array.from({ length: 16 }, (_, index) => (index * 37 + process.pid) & 255));
  const [address, name] = [Buffer.from('anywhere'), Buffer.from('MIT-MAGIC-COOKIE-1')];
  // Family 65535: for any host.
  writeFileSync(
    authority,
    Buffer.concat([Buffer.from([255, 255]), ...[address, Buffer.from(String(number)), name, cookie].map(field)]),
  );
  const server = new ManagedProcess({
    name: 'Xvfb',
    command: 'Xvfb',
    args: [`:${number}`, '-screen', '0', '1024x768x24', '-nolisten', 'tcp', '-auth', authority],
    directory: folder,
    logFile: path.join(folder, 'xvfb.log'),
  });
  await until('the display', () => existsSync(`/tmp/.X11-unix/X${number}`));
  return {
    environment: { DISPLAY: `:${number}`, XAUTHORITY: authority },
    stop: () => server.stop(),
  };
}
