import { describe, expect, it } from 'vitest';
import { MemoryJsonDocument } from '#core/settings/memory-json-document.ts';
import { DocumentTrustedPrograms } from './document-trusted-programs.ts';

const program = (id: string) => ({ id, name: `Program ${id}` });

describe('trusted programs', () => {
  it('are known again after a restart', async () => {
    const document = new MemoryJsonDocument();
    const programs = new DocumentTrustedPrograms(document);
    await programs.add(program('a'));
    await programs.add(program('b'));
    await programs.add({ id: 'a', name: 'New name' });
    const again = new DocumentTrustedPrograms(new MemoryJsonDocument(document.value));
    expect(again.list()).toEqual([program('b'), { id: 'a', name: 'New name' }]);
    await again.remove('b');
    await again.remove('nobody');
    expect(again.has('b')).toBe(false);
  });

  it('are none where the document holds something else', () => {
    for (const trusted of [null, 'all', [null, 7, { id: null, name: 'x' }, { id: '', name: 'x' }, { name: 'x' }]])
      expect(new DocumentTrustedPrograms(new MemoryJsonDocument({ trusted })).list()).toEqual([]);
  });

  it('are forgotten, the oldest first, before they are too many', async () => {
    const programs = new DocumentTrustedPrograms(new MemoryJsonDocument());
    for (let index = 0; index < 201; index += 1) await programs.add(program(String(index)));
    expect(programs.list()).toHaveLength(200);
    expect(programs.has('0')).toBe(false);
  });

  it('stay in force where the disk does not take them', async () => {
    const document = new MemoryJsonDocument();
    document.writable = false;
    const programs = new DocumentTrustedPrograms(document);
    await expect(programs.add(program('a'))).rejects.toMatchObject({ code: 'settings.not-saved' });
    expect(programs.has('a')).toBe(true);
  });
});
