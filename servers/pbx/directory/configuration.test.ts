import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configuration, createDemoConfiguration, createDirectory, readConfiguration, writeConfiguration } from './index.ts';
import { ConfigurationError, readJsonc } from './read-jsonc.ts';

const failure = (text: string): string => {
  try {
    readConfiguration(text);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('no failure');
};

describe('the configuration file', () => {
  it('is read from the example with its comments and trailing commas', () => {
    const config = readConfiguration(readFileSync(new URL('../pbx.example.jsonc', import.meta.url), 'utf8'));
    expect(Object.keys(config.users)).toEqual(['201', '202', '203']);
    expect(config.groups['300']!.members).toHaveLength(3);
    const md5 = createHash('md5').update('202:offhook:change-me-202').digest('hex');
    expect(config.users['202']!.secret).toMatchObject({ md5 });
  });

  it('names the line and the key of what is wrong', () => {
    expect(failure('{\n  "users": {\n    "101": { "secret": "" }\n  }\n}')).toMatch(/^line 3: users\.101\.secret: /);
    expect(failure('{\n  "users": {},\n  "listne": {}\n}')).toBe('line 3: listne: is not a setting');
    expect(failure('{\n  "users": { "101": {} }\n}')).toMatch(/^line 2: users\.101\.secret: /);
    expect(failure('{\n  "users": {},\n  "groups": {\n "200": { "members": [\n"101"] } } }')).toBe('line 5: groups.200.members.0: there is no user 101');
    expect(failure('{\n  "users": {},\n\n "listen": { "tls": 5061 } }')).toBe('line 4: listen.tls: needs a certificate');
    expect(failure('{ "users": { "600": { "secret": "x" } } }')).toContain('this number is used twice');
  });

  it('names the line of broken syntax', () => {
    expect(failure('{\n  "users": {\n}')).toBe('line 3: , or } was expected');
    expect(failure('{\n  "users": {},\n  "users": {}\n}')).toBe('line 3: "users" is there twice');
    expect(failure('{\n  "realm": "off\nhook" }')).toBe('line 2: a text is not closed on its line');
    expect(failure('{} x')).toBe('line 1: something follows the end of the file');
  });

  it('reads whatever JSON can say as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value, null, 2);
        if (/\de[+-]?\d/.test(text) || text.includes('-0')) return;
        expect(readJsonc(text).value).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never fails otherwise than by a ConfigurationError', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '/', '*', '\n', 'a', '1', ' ', '\\') }), (text) => {
        try {
          readJsonc(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
    );
  });

  it('is made for the demo with passwords that differ every time, and survives being written down', () => {
    const first = createDemoConfiguration();
    const second = createDemoConfiguration();
    expect(first.accounts.map(({ extension }) => extension)).toEqual(['201', '202', '203']);
    expect(new Set([...first.accounts, ...second.accounts].map(({ password }) => password)).size).toBe(6);
    expect(readConfiguration(writeConfiguration(first.config))).toEqual(first.config);
  });
});

describe('the directory', () => {
  it('knows users, groups and services and nothing of what objects inherit', () => {
    const directory = createDirectory(configuration.parse({ users: { '101': { name: 'Anna', secret: 'x' } } }));
    expect(directory.find('101')).toMatchObject({ kind: 'user', extension: '101' });
    expect(directory.find('600')).toEqual({ kind: 'service', number: '600', service: 'echo' });
    expect(directory.nameOf('101')).toBe('Anna');
    for (const name of ['constructor', '__proto__', 'toString', '']) {
      expect(directory.find(name)).toBeNull();
      expect(directory.secretOf(name)).toBeNull();
    }
  });
});
