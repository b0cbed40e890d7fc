/** The program that the pane stands beside. */
export interface OfficeHost {
  kind: 'excel' | 'outlook' | 'none';
  /** Of its interface, e.g. `ru-RU`. */
  language: string;
  /** Tells the text that is selected, or that the message says, now and whenever it is another one. */
  follow(listener: (text: string) => void): void;
}
