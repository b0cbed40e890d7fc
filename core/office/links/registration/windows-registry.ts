import { linkSchemes, productName, type LinkProgram } from './link-program.ts';

/** A text value of the user's registry. A name of null is the key's own value. */
export interface RegistryValue {
  key: string;
  name: string | null;
  data: string;
}

const classes = 'HKCU\\Software\\Classes';
export const productKey = `HKCU\\Software\\${productName}`;
export const registeredApplications = 'HKCU\\Software\\RegisteredApplications';
export const programIdOf = (scheme: string) => `${productName}.${scheme}`;
export const classOf = (name: string) => `${classes}\\${name}`;
export const userChoiceOf = (scheme: string) =>
  `HKCU\\Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations\\${scheme}\\UserChoice`;

/** As CommandLineToArgvW reads it: only quotes, and backslashes before them, are special. */
function quoted(argument: string): string {
  return `"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
}

/** The command that Windows runs; `%1` is the link, as one argument. */
export function linkCommandLine({ command }: LinkProgram): string {
  return `${command.map(quoted).join(' ')} "%1"`;
}

/** A class that opens links, both ours and the scheme's own, for which 1C and others look. */
function urlClass(name: string, title: string, program: LinkProgram): RegistryValue[] {
  const key = classOf(name);
  const icon = program.icon ?? program.command[0];
  return [
    { key, name: null, data: title },
    { key, name: 'URL Protocol', data: '' },
    { key: `${key}\\DefaultIcon`, name: null, data: `"${icon}",0` },
    { key: `${key}\\shell\\open\\command`, name: null, data: linkCommandLine(program) },
  ];
}

/**
 * All that makes Offhook a program for links for this user (Windows, Default Programs): a ProgId for each scheme, its
 * capabilities, its place among the registered applications, and the schemes' own classes.
 */
export function windowsRegistry(program: LinkProgram): RegistryValue[] {
  const capabilities = `${productKey}\\Capabilities`;
  return [
    ...linkSchemes.flatMap((scheme) => urlClass(programIdOf(scheme), productName, program)),
    { key: capabilities, name: 'ApplicationName', data: productName },
    { key: capabilities, name: 'ApplicationDescription', data: 'Dials numbers in links' },
    ...linkSchemes.map((scheme) => ({
      key: `${capabilities}\\URLAssociations`,
      name: scheme,
      data: programIdOf(scheme),
    })),
    { key: registeredApplications, name: productName, data: `Software\\${productName}\\Capabilities` },
    ...linkSchemes.flatMap((scheme) => urlClass(scheme, `URL:${scheme}`, program)),
  ];
}
