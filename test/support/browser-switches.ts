/** Switches of a Chromium that a test drives: quiet, with a fake microphone, ICE over loopback, sound at once. */
export function browserSwitches(options: { microphone?: string; loopback?: boolean } = {}): string[] {
  const { microphone, loopback = true } = options;
  return [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    ...(microphone ? [`--use-file-for-fake-audio-capture=${microphone}`] : []),
    ...(loopback ? ['--allow-loopback-in-peer-connection'] : []),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
