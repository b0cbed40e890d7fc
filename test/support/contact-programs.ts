import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Debian's own Python, which Debian's modules belong to. */
const python = '/usr/bin/python3';

export const hasVobject = existsSync('/usr/lib/python3/dist-packages/vobject');
export const hasAbook = existsSync('/usr/bin/abook');

/** What python3-vobject finds in a file of cards. */
export interface VobjectCard {
  fn: string;
  n: string[];
  org: string[];
  tel: { value: string; types: string[] }[];
  email: string[];
  note: string;
  /** Bytes as base64. */
  photo: string | null;
}

const reader = `
import base64, json, sys, vobject
cards = []
with open(sys.argv[1], encoding='utf-8', newline='') as file:
    for card in vobject.readComponents(file.read()):
        every = card.contents
        name = card.n.value
        cards.append({
            'fn': card.fn.value,
            'n': [name.family, name.given, name.additional],
            'org': card.org.value if 'org' in every else [],
            'tel': [{'value': t.value, 'types': t.params.get('TYPE', [])} for t in every.get('tel', [])],
            'email': [e.value for e in every.get('email', [])],
            'note': card.note.value if 'note' in every else '',
            'photo': base64.b64encode(card.photo.value).decode() if 'photo' in every else None,
        })
print(json.dumps(cards))
`;

const writer = `
import base64, json, sys, vobject
given = json.loads(sys.argv[2])
with open(sys.argv[1], 'w', encoding='utf-8', newline='') as file:
    for person in given:
        card = vobject.vCard()
        family, first, additional = person['n']
        card.add('n').value = vobject.vcard.Name(family=family, given=first, additional=additional)
        card.add('fn').value = person['fn']
        card.add('org').value = person['org']
        for number in person['tel']:
            line = card.add('tel')
            line.value = number['value']
            line.params['TYPE'] = number['types']
        for address in person['email']:
            card.add('email').value = address
        card.add('note').value = person['note']
        if person['photo'] is not None:
            photo = card.add('photo')
            photo.value = base64.b64decode(person['photo'])
            photo.encoding_param = 'b'
            photo.type_param = 'JPEG'
        file.write(card.serialize())
`;

export async function readByVobject(file: string): Promise<VobjectCard[]> {
  const { stdout } = await run(python, ['-c', reader, file], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as VobjectCard[];
}

export async function writeByVobject(file: string, cards: readonly VobjectCard[]): Promise<void> {
  await run(python, ['-c', writer, file, JSON.stringify(cards)]);
}

/**
 * Cards as abook, an address book for the terminal, writes them.
 * @param people fields of abook's own file, e.g. `{ name: 'Ольга', workphone: '204' }`
 */
export async function writeByAbook(folder: string, people: readonly Record<string, string>[]): Promise<string> {
  const [own, file] = [path.join(folder, 'addressbook'), path.join(folder, 'abook.vcf')];
  const items = people.map((fields, index) => {
    const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}\n`);
    return `[${index}]\n${lines.join('')}`;
  });
  await writeFile(own, `[format]\nprogram=abook\nversion=0.6.1\n\n${items.join('\n')}`);
  const args = ['--convert', '--informat', 'abook', '--infile', own, '--outformat', 'vcard', '--outfile', file];
  await run('abook', args, { env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' } });
  await readFile(file);
  return file;
}
