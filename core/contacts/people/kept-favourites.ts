import type { Favourite } from '#contract/ipc/index.ts';
import type { Database } from '#core/storage/index.ts';

export type StoredFavourite = Omit<Favourite, 'name'>;

const row = 'INSERT INTO favourite (party_key, number, display, position) VALUES (?, ?, ?, ?)';

/** Parties kept at hand, in memory and on the disk. */
export class KeptFavourites {
  private readonly database: Database;
  private stored: StoredFavourite[] = [];
  private isRead = false;

  constructor(database: Database) {
    this.database = database;
  }

  get list(): readonly StoredFavourite[] {
    return this.stored;
  }

  /** What was kept before it had resolved stays, in front. */
  async load(): Promise<void> {
    const found = await this.read();
    this.stored = [...this.stored, ...found.filter(({ partyKey }) => !this.has(partyKey))];
    this.isRead = true;
  }

  /** The database is another than before. */
  forget(): void {
    this.stored = [];
    this.isRead = false;
  }

  has(partyKey: string): boolean {
    return this.stored.some((favourite) => favourite.partyKey === partyKey);
  }

  async set(favourite: StoredFavourite, on: boolean): Promise<void> {
    const others = this.stored.filter(({ partyKey }) => partyKey !== favourite.partyKey);
    const place = this.stored.findIndex(({ partyKey }) => partyKey === favourite.partyKey);
    if (on) others.splice(place < 0 ? others.length : place, 0, favourite);
    this.stored = others;
    await this.keep();
  }

  /** Those that are not named keep their order, at the end. */
  async sort(partyKeys: readonly string[]): Promise<void> {
    const place = (favourite: StoredFavourite) => {
      const index = partyKeys.indexOf(favourite.partyKey);
      return index < 0 ? partyKeys.length : index;
    };
    this.stored = [...this.stored].sort((a, b) => place(a) - place(b));
    await this.keep();
  }

  private read(): Promise<StoredFavourite[]> {
    return this.database.query<StoredFavourite>(
      'SELECT party_key AS partyKey, number, display FROM favourite ORDER BY position',
    );
  }

  private async keep(): Promise<void> {
    // The whole list is written: one that nobody could read yet must not be lost by it.
    if (!this.isRead) await this.load();
    const rows = this.stored.map(({ partyKey, number, display }, position) => ({
      sql: row,
      values: [partyKey, number, display, position],
    }));
    await this.database.transaction([{ sql: 'DELETE FROM favourite' }, ...rows]);
  }
}
