/**
 * Passwords and keys. `key-store` is the system's own; `file` can be read by whoever has the user's rights, and the
 * user is told so. Rejects with `secrets.unreadable` (get) or `settings.not-saved` (set, delete; a secret that was
 * set is known until the program ends even so).
 */
export interface SecretStore {
  readonly kind: 'key-store' | 'file';
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}
