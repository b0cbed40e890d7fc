import { productName, type LinkProgram } from './link-program.ts';

export const desktopFile = 'offhook-links.desktop';

/** `sips:` is opened by whoever opens `sip:`. */
export const desktopTypes = {
  tel: ['x-scheme-handler/tel'],
  callto: ['x-scheme-handler/callto'],
  sip: ['x-scheme-handler/sip', 'x-scheme-handler/sips'],
} as const;

const plainArgument = /^[\w./:+,@=-]+$/;

/**
 * An argument of `Exec=`: quoted, then escaped as every string of a desktop file is. What needs no quotes has none: the
 * simplest of the programs that open links (xdg-open without a desktop) would not find a quoted program.
 */
function quoted(argument: string): string {
  if (plainArgument.test(argument)) return argument;
  const within = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${within}"`.replaceAll('\\', '\\\\');
}

/** https://specifications.freedesktop.org/desktop-entry-spec: no shell reads `Exec`, and `%u` is one argument. */
export function desktopEntry({ command, icon }: LinkProgram): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${productName}`,
    'Comment=Dials numbers in links',
    'Comment[ru]=Набирает номера из ссылок',
    `Exec=${command.map(quoted).join(' ')} %u`,
    ...(icon === null ? [] : [`Icon=${icon.replaceAll('\\', '\\\\')}`]),
    'Terminal=false',
    'NoDisplay=true',
    'StartupNotify=false',
    `MimeType=${Object.values(desktopTypes).flat().join(';')};`,
    '',
  ].join('\n');
}

/** Takes a program's file out of a list of defaults (mime-apps-spec) and leaves everything else as it is. */
export function withoutDefault(mimeApps: string, file: string): string {
  return mimeApps
    .split('\n')
    .flatMap((line) => {
      const [name = '', value] = line.split('=', 2);
      if (value === undefined || !name.startsWith('x-scheme-handler/')) return [line];
      const all = value.split(';').filter((entry) => entry.trim() !== '');
      const others = all.filter((entry) => entry.trim() !== file);
      if (others.length === all.length) return [line];
      return others.length === 0 ? [] : [`${name}=${others.join(';')};`];
    })
    .join('\n');
}
