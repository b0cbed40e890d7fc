import path from 'node:path';

/** Windows hands these to a shell, which reads a caller's name as part of its command. */
const scripts = /\.(?:bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|msc|lnk|hta)$/i;
const shells =
  /^(?:cmd|command|powershell|pwsh|sh|bash|ash|dash|zsh|ksh|fish|csh|tcsh|wscript|cscript|mshta|su|runuser)(?:\.exe)?$/i;
/** What makes a shell read the next argument as its own language. */
const readsCommand = /^(?:-\w*c|--command|[-/](?:c|k|command|e|ec|encodedcommand))$/i;

/** Windows drops dots and spaces at the end of a name. */
const fileOf = (word: string) => path.win32.basename(word.trim()).replace(/[. ]+$/, '');

/**
 * The shell that would read a placeholder as its language: the program itself, or one that it is to start (`env sh -c …`,
 * also where all of that is one argument, as of `env -S`). Wherever the placeholder stands behind: a script can reach it.
 */
function shellFor(program: string, args: readonly string[]): string | null {
  if (!args.some((argument) => /\{\w+\}/.test(argument))) return null;
  const words = [program, ...args.flatMap((argument) => argument.split(/\s+/))];
  const shell = words.findIndex((word) => shells.test(fileOf(word)));
  return shell >= 0 && words.slice(shell + 1).some((word) => readsCommand.test(word)) ? fileOf(words[shell]!) : null;
}

/**
 * Why a program is not run, in a technical line; null where nothing speaks against it. It keeps people from what is easily
 * done by mistake, and is no proof: other languages' interpreters (`python -c`), shells by other names, scripts of the
 * user's own and shells on other computers (`ssh`) are not seen through.
 */
export function programProblem(program: string, args: readonly string[], platform: NodeJS.Platform): string | null {
  const name = fileOf(program);
  if (platform === 'win32' && scripts.test(name))
    return `${name} would be run by a shell, which reads what callers write as commands: name the program itself`;
  if (/^cmd(?:\.exe)?$/i.test(name)) return 'cmd reads all of its arguments as commands';
  const shell = shellFor(program, args);
  if (shell !== null)
    return `${shell} would read what callers write as commands: name a script file, and placeholders behind it`;
  // A NUL is in no path.
  return program.includes('\0') ? 'no path' : null;
}
