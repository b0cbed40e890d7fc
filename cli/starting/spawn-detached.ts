/** npm's variables would tie Offhook's life to the command's; Electron's would make it a plain Node. */
function ownEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^(npm_|ELECTRON_RUN_AS_NODE$|NODE_COMPILE_CACHE$)/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !foreign.test(name)));
}

/** Starts a program that outlives us, without a terminal. @returns its exit code; 127 where it cannot be run */
export async function spawnDetached(
  command: readonly string[],
  options: { folder: string; environment: NodeJS.ProcessEnv },
): Promise<number> {
  const { spawn } = await import('node:child_process');
  const [program = '', ...parameters] = command;
  return await new Promise((resolve) => {
    const child = spawn(program, parameters, {
      cwd: options.folder,
      env: ownEnvironment(options.environment),
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
    });
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
    child.unref();
  });
}
