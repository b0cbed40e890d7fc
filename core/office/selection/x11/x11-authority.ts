/** A display of this computer: `:0`, `unix:0`, `localhost:10.0`. Null for one elsewhere. */
export function parseDisplay(display: string): { host: 'unix' | 'localhost'; number: number } | null {
  const match = /^(unix|localhost|127\.0\.0\.1)?(?:\/unix)?:(\d{1,4})(?:\.\d+)?$/.exec(display);
  if (!match) return null;
  return { host: match[1] === undefined || match[1] === 'unix' ? 'unix' : 'localhost', number: Number(match[2]) };
}

export const cookieName = 'MIT-MAGIC-COOKIE-1';

/** The cookie for a display in a file of Xauth(7); empty for none. */
export function findCookie(authority: Buffer, display: number): Buffer {
  let at = 0;
  const field = () => {
    const length = at + 2 <= authority.length ? authority.readUInt16BE(at) : 0;
    const value = authority.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    return value;
  };
  while (at + 10 <= authority.length) {
    at += 2;
    field();
    const [number, name, data] = [field().toString('latin1'), field().toString('latin1'), field()];
    if (name === cookieName && (number === '' || number === String(display))) return data;
  }
  return Buffer.alloc(0);
}
