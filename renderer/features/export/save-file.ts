export type SaveFile = (content: Blob, fileName: string) => void;

/** ms; a browser that asks where to save may begin to read late. */
const kept = 600_000;

/** Saves as the browser saves what it downloads. */
export function saveFile(content: Blob, fileName: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), kept);
}
