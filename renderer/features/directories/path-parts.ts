export interface PathPart {
  name: string;
  path: string;
}

/** The folders on the way to a path, the topmost first; of Windows (also `\\server\share`) and of others. */
export function pathParts(path: string): PathPart[] {
  const windows = /^[a-z]:|^\\\\/i.test(path);
  const separator = windows ? '\\' : '/';
  const root = /^\\\\[^\\]+\\[^\\]+|^[a-z]:\\?|^\//i.exec(path)?.[0] ?? '';
  const names = path
    .slice(root.length)
    .split(windows ? /[\\/]+/ : /\/+/)
    .filter((name) => name !== '');
  const start = root === '' ? [] : [{ name: root, path: /^[a-z]:$/i.test(root) ? `${root}\\` : root }];
  return names.reduce((parts, name) => {
    const before = parts.at(-1)?.path ?? '';
    return [
      ...parts,
      { name, path: before === '' || before.endsWith(separator) ? before + name : before + separator + name },
    ];
  }, start);
}

/** The last part, without the end of a file's name. */
export function bareName(path: string): string {
  return (pathParts(path).at(-1)?.name ?? path).replace(/\.[a-z]{2,4}x?m?$/i, '');
}

/** The folder that a file lies in; null for a root. */
export function folderOf(path: string): string | null {
  return pathParts(path).at(-2)?.path ?? null;
}
