import fc from 'fast-check';

const tricks = [
  ...['"', "'", '`id`', '$(id)', '; rm -rf /', '| calc', '&& dir', '%PATH%', '\r\nX: y', '\0', '..', '../..', '#', '?'],
  ...['@evil', '--help', '\ud800', '\uffff', '</a>', '{number}'],
];

/** Any UTF-16 text, halves of characters and controls among it, and what breaks out of shells, addresses and headers. */
export const hostileText = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(...tricks),
);
