import { expect, it } from 'vitest';
import type { PeopleIndex } from '#core/contacts/index.ts';
import { countSql, pageSql } from './call-query-sql.ts';

it('asks for the calls that were linked to a person by the id that the person had, and by the one of now', () => {
  const people: PeopleIndex = {
    personOf: () => null,
    person: () => ({ id: 'now', name: 'Анна Белова' }),
    keysOf: () => ['+79161234567'],
  };
  for (const { sql, values } of [
    pageSql({ personId: 'before' }, people, null, 5),
    countSql({ personId: 'before' }, people),
  ]) {
    expect(sql).toContain('a.person_id IN (?, ?)');
    expect(values).toEqual(expect.arrayContaining(['before', 'now', '+79161234567']));
  }
});
