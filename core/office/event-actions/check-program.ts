import path from 'node:path';

/** Windows hands these to a shell, which reads a caller's name as part of its command. */
const scripts = /\.(?:bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|msc|lnk|hta)$/i;
const shells = /^(?:cmd|command|powershell|pwsh|sh|bash|dash|zsh|ksh|fish|csh|tcsh|wscript|cscript|mshta)(?:\.exe)?$/i;
/** What makes a shell read the next argument as its own language. */
const readsCommand = /^(?:-\w*c|--command|[-/](?:c|k|command|e|ec|encodedcommand))$/i;

/** Why a program is not run, in a technical line; null where nothing speaks against it. */
export function programProblem(program: string, args: readonly string[], platform: NodeJS.Platform): string | null {
  // Windows drops dots and spaces at the end of a name.
  const name = path.win32.basename(program.trim()).replace(/[. ]+$/, '');
  if (platform === 'win32' && scripts.test(name))
    return `${name} would be run by a shell, which reads what callers write as commands: name the program itself`;
  if (/^cmd(?:\.exe)?$/i.test(name)) return 'cmd reads all of its arguments as commands';
  const filled = args.some((argument) => /\{\w+\}/.test(argument));
  if (shells.test(name) && filled && args.some((argument) => readsCommand.test(argument)))
    return `${name} would read what callers write as commands: name a script file, and placeholders behind it`;
  // A NUL is in no path.
  return program.includes('\0') ? 'no path' : null;
}
