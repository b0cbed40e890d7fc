import { expect, test } from 'vitest';
import { jpeg } from '#test/support/tiny-pictures.ts';
import { photoType } from './photo-type.ts';

test.for([
  ['image/jpeg', jpeg],
  ['image/png', Buffer.from('89504e470d0a1a0a00', 'hex')],
  ['image/gif', Buffer.from('GIF87a..')],
  ['image/gif', Buffer.from('GIF89a..')],
  ['image/webp', Buffer.from('RIFF....WEBPVP8 ')],
  [null, Buffer.alloc(0)],
  [null, Buffer.from('ffd8', 'hex')],
  [null, Buffer.from('RIFFWEBP')],
  [null, Buffer.from('RIFF....WAVEfmt ')],
  [null, Buffer.from(' GIF89a..')],
  [null, Buffer.from('BM')],
  [null, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
] as const)('is %s by its first bytes', ([type, bytes]) => {
  expect(photoType(Uint8Array.from(bytes))).toBe(type);
});
