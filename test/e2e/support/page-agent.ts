import type { Page } from '@playwright/test';
import type { CommandInput, CommandName, CommandResult } from '#contract/ipc/index.ts';

/** Asks the agent as this page's window would, over a bridge of its own. Rejects with the code of the failure. */
export async function askAgent<N extends CommandName>(
  page: Page,
  command: N,
  args: CommandInput<N>,
): Promise<CommandResult<N>> {
  const result = await page.evaluate(
    ([name, values]) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://${location.host}/bridge`);
        socket.addEventListener('open', () => socket.send(JSON.stringify({ id: 1, command: name, args: values })));
        socket.addEventListener('error', () => reject(new Error('no bridge')));
        socket.addEventListener('message', ({ data }) => {
          const message = JSON.parse(String(data)) as { id?: number; result?: unknown; error?: { code: string } };
          if (message.id !== 1) return;
          socket.close();
          if (message.error) reject(new Error(message.error.code));
          else resolve(message.result);
        });
      }),
    [command, args] as const,
  );
  return result as CommandResult<N>;
}
