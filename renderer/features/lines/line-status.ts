import type { LineSnapshot, RegistrationState } from '#contract/ipc/index.ts';

export type StatusTone = 'good' | 'waiting' | 'bad' | 'off';

const tones: Record<RegistrationState, StatusTone> = {
  registered: 'good',
  registering: 'waiting',
  refused: 'bad',
  unreachable: 'bad',
  disabled: 'off',
};

export function lineTone(line: LineSnapshot): StatusTone {
  return tones[line.registration.state];
}

/** The line that the one status place speaks of: the default one, or the one that needs a word. */
export function spokenLine(lines: readonly LineSnapshot[]): LineSnapshot | null {
  const enabled = lines.filter((line) => line.registration.state !== 'disabled');
  const failing = enabled.find((line) => lineTone(line) === 'bad');
  const chosen = enabled.find((line) => line.isDefault) ?? enabled[0] ?? lines[0] ?? null;
  return chosen && lineTone(chosen) === 'good' && failing && failing !== chosen ? failing : chosen;
}
