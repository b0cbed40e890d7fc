import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls, type TLSSocket } from 'node:tls';
import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import { systemClock } from '#core/foundation/index.ts';
import { trustedCertificates } from '#core/network/index.ts';
import { socketFailure } from './ldap-failures.ts';

/** Longest silence borne, in ms. */
export interface LdapWaits {
  /** Until a connection stands, and again until it is encrypted. */
  connect: number;
  /** Between two pieces of an answer. */
  answer: number;
}

export type LdapServer = Pick<
  DirectoryConfigOf<'ldap'>,
  'host' | 'port' | 'security' | 'checkCertificate' | 'certificateAuthority'
>;

export interface LdapSurroundings {
  waits: LdapWaits;
  signal: AbortSignal;
}

/** Rejects with a `directory.*` code. */
export async function openSocket(server: LdapServer, around: LdapSurroundings): Promise<Socket> {
  return await established(connect({ host: server.host, port: server.port }), 'connect', server, around);
}

/**
 * Encrypts a connection; from here on nothing goes out in clear. Rejects with a `directory.*` code.
 * @param authorities PEM, of `trustedAuthorities`
 */
export async function encrypt(
  socket: Socket,
  authorities: string[],
  server: LdapServer,
  around: LdapSurroundings,
): Promise<TLSSocket> {
  const { host } = server;
  // Its failures are the encrypted socket's from now on.
  socket.on('error', () => undefined);
  const encrypted = connectTls({
    socket,
    ca: authorities,
    ...(isIP(host) ? {} : { servername: host }),
    checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    rejectUnauthorized: server.checkCertificate,
  });
  return await established(encrypted, 'secureConnect', server, around).catch((error: OffhookError) => {
    // It was reached already: what goes away at the first word of TLS does not speak it.
    if (error.code !== 'directory.unreachable') throw error;
    throw new OffhookError('directory.bad-answer', {
      values: error.values,
      detail: `TLS: ${error.detail}`,
      cause: error,
    });
  });
}

async function established<S extends Socket>(
  socket: S,
  event: string,
  server: LdapServer,
  around: LdapSurroundings,
): Promise<S> {
  const { signal, waits } = around;
  return await new Promise<S>((resolve, reject) => {
    const finish = (error: unknown) => {
      timer.dispose();
      signal.removeEventListener('abort', aborted);
      socket.off(event, succeeded).off('error', finish).off('close', closed);
      if (error === null) return resolve(socket);
      // A socket may fail again while it is torn down; the first cause is the one that counts.
      socket.on('error', () => undefined);
      socket.destroy();
      reject(socketFailure(server.host, error));
    };
    const succeeded = () => finish(null);
    const aborted = () => finish(new OffhookError('directory.cancelled'));
    const closed = () => finish(new Error('the connection was closed'));
    const late = () =>
      finish(new OffhookError('directory.timed-out', { values: { host: server.host }, detail: event }));
    const timer = systemClock.after(waits.connect, late);
    signal.addEventListener('abort', aborted);
    socket.on(event, succeeded).on('error', finish).on('close', closed);
    if (signal.aborted) aborted();
  });
}

/** Offices run authorities of their own: in the system's store, or in a file, as PEM or as Windows exports them. */
export async function trustedAuthorities({ certificateAuthority: file }: LdapServer): Promise<string[]> {
  const own = file === '' ? [] : [await authorityOf(file)];
  return [...trustedCertificates(), ...own];
}

async function authorityOf(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    const one = new X509Certificate(bytes).toString();
    // A file of text may hold several.
    return bytes.includes('-----BEGIN CERTIFICATE-----') ? bytes.toString('latin1') : one;
  } catch (error) {
    const system = (error as NodeJS.ErrnoException).syscall !== undefined;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const code = missing ? 'directory.not-found' : system ? 'directory.unreadable' : 'directory.broken-file';
    throw new OffhookError(code, { values: { file }, cause: error });
  }
}
