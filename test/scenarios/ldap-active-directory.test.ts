import { describe, expect, test } from 'vitest';
import { ldapPresets } from '#contract/ipc/index.ts';
import { ActiveDirectoryServer, domain } from '#test/support/active-directory-server.ts';
import { ldapConfig, refresh, refreshAgain, type LdapConfig } from '#test/support/ldap-office.ts';
import { openStage } from '#test/support/stage.ts';

const idOf = (number: number) => String(number).padStart(32, '0');
const keyOf = (number: number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;

async function openDomain() {
  const server = await openStage().enter(new ActiveDirectoryServer());
  for (const number of [1, 2, 3])
    server.put(idOf(number), `CN=User ${number},OU=Staff`, {
      displayName: `Сотрудник ${number}`,
      ipPhone: `10${number}`,
    });
  server.put(idOf(4), 'CN=Service,OU=Staff', { displayName: 'Disabled', userAccountControl: '514' });
  const config = (given: Partial<LdapConfig> = {}) =>
    ldapConfig(server.port, {
      ...ldapPresets['active-directory'],
      preset: 'active-directory',
      bindName: 'reader@office.test',
      base: `OU=Staff,${domain}`,
      port: server.port,
      security: 'none',
      ...given,
    });
  return { server, config };
}

// A stand-in that answers as Microsoft documents it; Active Directory itself is not among what Debian has.
describe('a domain controller, as documented', () => {
  test('gives people whose accounts are not disabled, by GUID, page by page, past its references', async () => {
    const { server, config } = await openDomain();
    for (let number = 10; number < 40; number += 1)
      server.put(idOf(number), `CN=User ${number},OU=Staff`, { displayName: `U ${number}` });
    server.put('a1b2c3d4e5f60718293a4b5c6d7e8f90', 'CN=Mixed,OU=Staff', {
      displayName: 'Mixed',
      otherTelephone: ['201', '202'],
    });
    const { reading, outcome } = await refresh(config({ base: domain, pageSize: 10 }));
    expect(outcome.kind).toBe('complete');
    expect(reading.entries.size).toBe(34);
    expect(reading.entries.get('d4c3b2a1-f6e5-1807-293a-4b5c6d7e8f90')).toMatchObject({
      name: 'Mixed',
      numbers: [
        { text: '201', label: 'work' },
        { text: '202', label: 'work' },
      ],
    });
    expect(reading.skipped).toEqual([]);
  });

  test('is read at one stroke where it knows no pages', async () => {
    const { server, config } = await openDomain();
    server.pages = false;
    const { reading } = await refresh(config({ pageSize: 10 }));
    expect(reading.entries.size).toBe(3);
    expect(server.searches.filter((filter) => filter.includes('objectcategory'))).toHaveLength(1);
  });

  test('is not even asked for people while its count of changes stands still', async () => {
    const { server, config } = await openDomain();
    const { reading, outcome } = await refresh(config());
    server.searches.length = 0;
    const second = await refreshAgain(config(), reading, outcome);
    expect(second.outcome).toEqual({ kind: 'unchanged', cursor: outcome.cursor });
    expect(server.searches.some((filter) => filter.includes('objectcategory'))).toBe(false);
  });

  test.for([
    ['its deleted objects may be read', true],
    ['only its present ones may be read', false],
  ] as const)('tells what was changed, added, deleted, disabled and moved away: %s', async ([, readsDeleted]) => {
    const { server, config } = await openDomain();
    server.readsDeleted = readsDeleted;
    server.put(idOf(5), 'CN=User 5,OU=Staff', { displayName: 'Five' });
    server.put(idOf(6), 'CN=User 6,OU=Staff', { displayName: 'Six' });
    const { reading, outcome } = await refresh(config());
    server.put(idOf(1), 'CN=Renamed,OU=Staff', { displayName: 'Renamed' });
    server.delete(idOf(2));
    server.put(idOf(5), 'CN=User 5,OU=Staff', { displayName: 'Five', userAccountControl: '514' });
    server.put(idOf(6), 'CN=User 6,OU=Elsewhere', { displayName: 'Six' });
    server.put(idOf(7), 'CN=User 7,OU=Staff', { displayName: 'New' });
    server.searches.length = 0;
    const second = await refreshAgain(config(), reading, outcome);
    expect(second.outcome.kind).toBe('partial');
    expect([...second.reading.entries.keys()]).toEqual([keyOf(1), keyOf(7)]);
    expect(second.reading.removed.toSorted()).toEqual([keyOf(2), keyOf(5), keyOf(6)]);
    expect(server.searches.some((filter) => filter.startsWith('(deleted)(usnchanged>='))).toBe(readsDeleted);
  });

  test('changes of nobody’s concern put nothing', async () => {
    const { server, config } = await openDomain();
    const { reading, outcome } = await refresh(config());
    server.put(idOf(50), 'CN=Printer,OU=Machines', { objectCategory: 'computer' });
    const second = await refreshAgain(config(), reading, outcome);
    expect(second.outcome.kind).toBe('unchanged');
    expect(second.outcome.cursor).not.toBe(outcome.cursor);
    expect(second.reading.puts).toBe(0);
  });

  test.for([
    ['another controller answers', { name: 'DC2' }],
    ['it was restored from a backup', { invocation: Buffer.alloc(16, 7) }],
    ['its count went back', { usn: 9000 }],
  ] as const)('is read as a whole when %s', async ([, changed]) => {
    const { server, config } = await openDomain();
    const { reading, outcome } = await refresh(config());
    Object.assign(server, changed);
    const second = await refreshAgain(config(), reading, outcome);
    expect(second.outcome.kind).toBe('complete');
    expect(second.reading.entries.size).toBe(3);
  });
});
