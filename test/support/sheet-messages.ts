export interface SheetChildSetup {
  directory: string;
  file: string;
  /** Row from which on results are given, counted from 0; null writes what waits and says so. */
  from: number | null;
}

export type SheetChildMessage =
  | { kind: 'ready'; waiting: number }
  /** It was said to be kept. */
  | { kind: 'kept'; name: string; outcome: string; note: string }
  | { kind: 'written'; waiting: number; conflicts: number };
