import { describe, expect, it } from 'vitest';
import { sampleOlga } from '#renderer/gallery/people-samples.ts';
import { additionTo, draftOf, readDraft } from './contact-draft.ts';

const filled = { ...draftOf({}), name: ' Пётр Лебедев ' };

describe('the form of a contact', () => {
  it('begins with a line for each kind, and sends none that stays empty', () => {
    const { contact, wrong } = readDraft(filled);
    expect([...wrong]).toEqual([]);
    expect(contact).toMatchObject({ name: 'Пётр Лебедев', numbers: [], emails: [], links: [] });
  });

  it('takes a page as people write it, and nothing that is no page', () => {
    expect(readDraft({ ...filled, links: ['obrazec.example/price'] }).contact?.links).toEqual([
      'https://obrazec.example/price',
    ]);
    for (const link of ['javascript:alert(1)', 'file:///etc/passwd', 'просто слова'])
      expect([...readDraft({ ...filled, links: ['', link] }).wrong]).toEqual(['links.1']);
  });

  it('names the line that is wrong, whatever lines are empty before it', () => {
    const numbers = [
      { text: '', label: 'mobile' },
      { text: 'после обеда', label: 'work' },
      { text: '8 (495) 123-45-67 доб. 12', label: 'work' },
    ];
    const { contact, wrong } = readDraft({ ...filled, numbers, emails: ['', 'olga'] });
    expect(contact).toBeNull();
    expect([...wrong].sort()).toEqual(['emails.1', 'numbers.1']);
  });

  it('refuses what the agent would refuse', () => {
    const long = 'а'.repeat(121);
    const numbers = [
      { text: '', label: 'work' },
      { text: '1'.repeat(129), label: 'work' },
    ];
    expect([...readDraft({ ...filled, name: '  ' }).wrong]).toEqual(['name']);
    expect([...readDraft({ ...filled, name: long, firm: long, numbers }).wrong].sort()).toEqual([
      'firm',
      'name',
      'numbers.1',
    ]);
  });

  it('gives an addition a number of the person, by which the two become one', () => {
    expect(additionTo(sampleOlga())).toMatchObject({
      name: 'Ольга Демидова',
      numbers: [{ text: '+7 903 000-00-42', label: 'mobile' }],
    });
  });
});
