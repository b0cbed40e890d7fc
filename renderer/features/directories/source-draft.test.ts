import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directoryConfig } from '#contract/ipc/index.ts';
import { blankDraft, fromDraft, ofPreset, splitHost, toDraft, toldTo } from './source-draft.ts';

const ldap = () => ({ ...blankDraft('ldap'), host: 'dc1.office.example', base: 'DC=office,DC=example' });

describe('the form of a source', () => {
  it('makes a configuration of a path alone', () => {
    const { config } = fromDraft({ ...blankDraft('sheet'), path: ' C:\\Клиенты.xlsx ' });
    expect(config).toEqual({ kind: 'sheet', path: 'C:\\Клиенты.xlsx', mappings: [] });
  });

  it('keeps what belongs to other kinds out of the configuration, and in the form', () => {
    const draft = { ...blankDraft('carddav'), path: 'C:\\a.xlsx', url: 'cloud.example/dav', user: 'olga' };
    expect(fromDraft(draft).config).toEqual({
      kind: 'carddav',
      url: 'https://cloud.example/dav',
      user: 'olga',
      addressBooks: [],
    });
    expect(draft.path).toBe('C:\\a.xlsx');
  });

  it('names the fields that cannot be so', () => {
    expect(fromDraft(blankDraft('sheet')).wrong).toEqual(new Set(['path']));
    expect(fromDraft(blankDraft('carddav')).wrong).toEqual(new Set(['url']));
    expect(fromDraft({ ...blankDraft('ldap'), port: '99999', filter: 'uid=1' }).wrong).toEqual(
      new Set(['host', 'port', 'base', 'filter']),
    );
  });

  it('takes no password in an address', () => {
    const draft = { ...blankDraft('onec'), url: 'https://olga:secret@1c.example/odata/standard.odata' };
    expect(fromDraft(draft)).toEqual({ config: null, wrong: new Set(['urlSecret']) });
  });

  it('takes a server with its scheme and its port', () => {
    expect(splitHost('ldaps://dc1.office.example')).toEqual({
      host: 'dc1.office.example',
      port: '636',
      security: 'ldaps',
    });
    expect(splitHost('dc1.office.example:3268')).toEqual({ host: 'dc1.office.example', port: '3268' });
    expect(fromDraft({ ...ldap(), host: 'ldaps://dc1.office.example:6360/', security: 'none' }).config).toMatchObject({
      ...{ host: 'dc1.office.example', port: 6360, security: 'ldaps' },
    });
  });

  it('fills filter and fields by preset, and leaves where to connect', () => {
    const draft = { ...ldap(), ...ofPreset('openldap') };
    expect(fromDraft(draft).config).toMatchObject({
      ...{ host: 'dc1.office.example', preset: 'openldap', filter: '(objectClass=inetOrgPerson)' },
      attributes: { id: 'entryUUID', name: ['displayName', 'cn'] },
    });
  });

  it('reads names of attributes between commas, and leaves out rows without one', () => {
    const draft = ldap();
    draft.attributes.name = 'displayName , cn;';
    draft.attributes.numbers = [
      { attribute: ' mobile ', label: 'mobile' },
      { attribute: '', label: 'work' },
    ];
    expect(fromDraft(draft).config).toMatchObject({
      attributes: { name: ['displayName', 'cn'], numbers: [{ attribute: 'mobile', label: 'mobile' }] },
    });
  });

  it('gives a stored configuration back as it was', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
    const configs = fc.oneof(
      fc.record({ kind: fc.constant('vcard'), path: word }),
      fc.record({ kind: fc.constant('outlook'), folders: fc.array(word, { maxLength: 3 }) }),
      fc.record({ kind: fc.constant('graph'), clientId: word, tenant: word }),
      fc.record({
        kind: fc.constant('onec'),
        url: word.map((name) => `https://${name}.example/o`),
        user: word,
        catalogs: fc.array(word, { maxLength: 3 }),
        infobase: word,
      }),
      fc
        .record({
          port: fc.integer({ min: 1, max: 65_535 }),
          checkCertificate: fc.boolean(),
          pageSize: fc.integer({ min: 10, max: 5000 }),
        })
        .map((part) => ({ ...fromDraft(ldap()).config, ...part })),
    );
    fc.assert(
      fc.property(configs, (values) => {
        const stored = directoryConfig.parse(values);
        expect(fromDraft(toDraft(stored)).config).toEqual(stored);
      }),
      { numRuns: 60 },
    );
  });

  it('knows when a kept password would go to somebody else', () => {
    const stored = fromDraft(ldap()).config!;
    expect(toldTo({ ...stored, base: 'x' } as typeof stored)).toBe(toldTo(stored));
    expect(toldTo({ ...stored, host: 'evil.example' } as typeof stored)).not.toBe(toldTo(stored));
    expect(toldTo({ ...stored, security: 'none' } as typeof stored)).not.toBe(toldTo(stored));
  });
});
