import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '#build/root.ts';

const references = ['System.Web.Extensions.dll', 'Microsoft.CSharp.dll', 'System.Core.dll'];

/** The compiler of C# 5 that is part of Windows; null elsewhere. */
function compiler(): string | null {
  if (process.platform !== 'win32') return null;
  const framework = path.join(process.env['WINDIR'] ?? 'C:\\Windows', 'Microsoft.NET', 'Framework64', 'v4.0.30319');
  const program = path.join(framework, 'csc.exe');
  return existsSync(program) ? program : null;
}

/** Builds the helper for classic Outlook into the folder, where Windows can. Without it everything else works. */
export function compileComHelper(outDir: string): void {
  const program = compiler();
  if (!program) return;
  const source = path.join(root, 'addins', 'com-helper', 'source');
  const files = readdirSync(source).map((name) => path.join(source, name));
  const switches = [
    '/nologo',
    `/out:${path.join(outDir, 'offhook-com-helper.exe')}`,
    ...references.map((name) => `/r:${name}`),
  ];
  try {
    execFileSync(program, [...switches, ...files], { stdio: 'pipe' });
  } catch (error) {
    console.warn(`The helper for Outlook was not built: ${String(error)}`);
  }
}
