import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPlaceholders } from './fill-placeholders.ts';

const party = { number: '+74951234567', name: 'Иван Петров', firm: 'ООО «Ромашка» & сыновья' };

describe('the address of the office’s own page', () => {
  it('gets the party’s number, name and firm, escaped', () => {
    expect(fillPlaceholders('https://crm.example/find?phone={number}&who={name}&firm={firm}', party)).toBe(
      'https://crm.example/find?phone=%2B74951234567&who=%D0%98%D0%B2%D0%B0%D0%BD%20%D0%9F%D0%B5%D1%82%D1%80%D0%BE%D0%B2' +
        '&firm=%D0%9E%D0%9E%D0%9E%20%C2%AB%D0%A0%D0%BE%D0%BC%D0%B0%D1%88%D0%BA%D0%B0%C2%BB%20%26%20%D1%81%D1%8B%D0%BD%D0%BE%D0%B2%D1%8C%D1%8F',
    );
  });

  it.each([
    '',
    'crm',
    'javascript:alert("{name}")',
    'file:///{name}',
    'https://{name}.example/',
    'https://{number}@crm.example/',
  ])('is none in %j', (template) => expect(fillPlaceholders(template, { ...party, name: 'evil' })).toBeNull());

  it('leads to the same server, whatever the caller calls himself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (name, number) => {
        const url = fillPlaceholders('https://crm.example/{name}?n={number}#{firm}', {
          number,
          name,
          firm: '{number}',
        });
        if (url === null) return;
        expect(new URL(url).origin).toBe('https://crm.example');
        expect(url).not.toContain('{');
      }),
    );
  });

  it('stays in its folder when a name is two dots', () => {
    const address = 'https://crm.example/clients/{name}/card';
    expect(fillPlaceholders(address, { ...party, name: '..' })).toBeNull();
    expect(fillPlaceholders(address, { ...party, name: '../..' })).toBe('https://crm.example/clients/..%2F../card');
  });

  it('of another scheme takes values behind the place that it leads to alone', () => {
    const schemes = ['mailto:', 'e1c:'];
    expect(fillPlaceholders('mailto:a@b.example?subject={name}', party, schemes)).toContain(
      'mailto:a@b.example?subject=',
    );
    expect(fillPlaceholders('mailto:{name}@b.example', party, schemes)).toBeNull();
    expect(fillPlaceholders('e1c://server/base#e1cib/list/Call?n={number}', party, schemes)).toContain('n=%2B7495');
    expect(fillPlaceholders('e1c://{name}/base', party, schemes)).toBeNull();
    expect(fillPlaceholders('https://crm.example/', party, schemes)).toBeNull();
  });

  it('keeps what is no placeholder', () => {
    expect(fillPlaceholders('https://crm.example/?q={other}', party)).toBe('https://crm.example/?q={other}');
  });
});
