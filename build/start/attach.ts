import { acquireDataDirectory } from '#core/storage/index.ts';

export interface Attached {
  /** A window was opened by the Offhook that runs. */
  opened: boolean;
  /** Else the address to open, with a fresh ticket. */
  address: string | null;
}

const screenVariables = ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR'] as const;

function ownScreen(environment: NodeJS.ProcessEnv): Record<string, string> {
  const pairs = screenVariables.map((name) => [name, environment[name]] as const);
  return Object.fromEntries(pairs.filter((pair): pair is [(typeof screenVariables)[number], string] => Boolean(pair[1])));
}

/** Asks the shell that runs (its port and secret are in a file for this user alone) for a window on our screen. */
export async function attachTo(info: Record<string, unknown>, environment = process.env): Promise<Attached | null> {
  const { port, secret } = info;
  if (typeof port !== 'number' || typeof secret !== 'string') return null;
  try {
    const response = await fetch(`http://127.0.0.1:${port}/attach`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ screen: ownScreen(environment) }),
      signal: AbortSignal.timeout(12_000),
    });
    return response.ok ? ((await response.json()) as Attached) : null;
  } catch (error) {
    if (error instanceof TypeError || (error as Error).name === 'TimeoutError') return null;
    throw error;
  }
}

/** Whether another Offhook has the data directory, and what it tells of itself. */
export async function findRunning(directory: string): Promise<{ info: Record<string, unknown> | null } | null> {
  const found = await acquireDataDirectory(directory);
  if (found.kind === 'running') return { info: found.info };
  await found.release();
  return null;
}
