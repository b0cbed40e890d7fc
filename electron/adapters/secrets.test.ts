import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toReport } from '#contract/errors.ts';
import { MessageSecretStore } from './message-secret-store.ts';
import { hasKeyStore, SafeStorageVault, type Encryption } from './safe-storage-vault.ts';

/** Stands in for the system's key store: reverses the bytes, and cannot read what it did not write. */
const encryption: Encryption = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text) => Buffer.from(`v1${text}`).reverse(),
  decryptString(encrypted) {
    const text = Buffer.from(encrypted).reverse().toString();
    if (!text.startsWith('v1')) throw new Error('cannot decrypt');
    return text.slice(2);
  },
};

let file: string;
beforeEach(() => void (file = path.join(mkdtempSync(path.join(tmpdir(), 'offhook-vault-')), 'key-store.json')));
afterEach(() => rmSync(path.dirname(file), { recursive: true }));

/** The agent's store, answered by the vault as the main process does. */
function connected(): MessageSecretStore {
  const vault = new SafeStorageVault(encryption, file);
  const store: MessageSecretStore = new MessageSecretStore((id, request) => {
    const { value, error } = attempt(vault, structuredClone(request));
    queueMicrotask(() => store.answer(id, value, error));
  });
  return store;
}

function attempt(vault: SafeStorageVault, request: Parameters<SafeStorageVault['carryOut']>[0]) {
  try {
    return { value: vault.carryOut(request), error: null };
  } catch (error) {
    return { value: null, error: toReport(error) };
  }
}

describe('secrets in the key store', () => {
  it('come back as they were set, and are gone when deleted', async () => {
    const store = connected();
    await store.set('line/1/password', 'hunter2 ё');
    expect(await store.get('line/1/password')).toBe('hunter2 ё');
    await store.delete('line/1/password');
    expect(await store.get('line/1/password')).toBeNull();
  });

  it('lie on the disk encrypted, in a file for the user alone', async () => {
    await connected().set('line/1/password', 'hunter2');
    expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('are reported unreadable when the key store has another key or the file is spoilt', async () => {
    const store = connected();
    await store.set('a', 'secret');
    writeFileSync(file, JSON.stringify({ a: Buffer.from('other key').toString('base64') }));
    await expect(store.get('a')).rejects.toMatchObject({ code: 'secrets.unreadable' });
    writeFileSync(file, '{');
    await expect(store.get('a')).rejects.toMatchObject({ code: 'secrets.unreadable' });
  });

  it('may have names that objects have by nature', async () => {
    const store = connected();
    expect(await store.get('constructor')).toBeNull();
    await store.set('__proto__', 'x');
    expect(await store.get('toString')).toBeNull();
  });

  it('are not trusted to a Linux without a key ring', () => {
    expect(hasKeyStore(encryption, 'linux')).toBe(true);
    expect(hasKeyStore({ ...encryption, getSelectedStorageBackend: () => 'basic_text' }, 'linux')).toBe(false);
    expect(hasKeyStore({ ...encryption, isEncryptionAvailable: () => false }, 'win32')).toBe(false);
  });
});
