import type {
  DirectoryKind,
  DirectoryStatus,
  ListedPerson,
  PartyMatch,
  PersonDetail,
  PersonEntry,
  PersonNumber,
} from '#contract/ipc/index.ts';

const labels: Partial<Record<DirectoryKind, string>> = {
  own: 'Свои контакты',
  sheet: 'Клиенты.xlsx',
  outlook: 'Outlook',
  onec: '1С',
  ldap: 'Справочник офиса',
};

/** Directories of an office, each under the name of its kind. */
export function sampleDirectory(kind: DirectoryKind, part: Partial<DirectoryStatus> = {}): DirectoryStatus {
  return {
    id: kind,
    kind,
    label: labels[kind] ?? kind,
    enabled: true,
    everyMinutes: 60,
    config: { kind: 'own' },
    hasSecret: false,
    state: 'idle',
    progress: null,
    entries: 3,
    refreshedAt: Date.now() - 600_000,
    attemptedAt: Date.now() - 600_000,
    nextAt: null,
    problem: null,
    skipped: { count: 0, first: [] },
    ...part,
  };
}

export const sampleDirectories = (): DirectoryStatus[] =>
  (['own', 'sheet', 'outlook', 'onec', 'ldap'] as const).map((kind) => sampleDirectory(kind));

export function sampleNumber(dial: string, display: string, part: Partial<PersonNumber> = {}): PersonNumber {
  return { partyKey: dial, dial, display, extension: null, label: 'work', directoryIds: ['sheet'], ...part };
}

export function sampleEntry(kind: DirectoryKind, name: string, part: Partial<PersonEntry> = {}): PersonEntry {
  return {
    handle: `${kind}-${name}`,
    directoryId: kind,
    directoryLabel: labels[kind] ?? kind,
    kind,
    name,
    firm: '',
    place: kind === 'sheet' ? 'Клиенты.xlsx › Лист1!17' : '',
    canOpen: kind !== 'own',
    editable: kind === 'own',
    fields: [],
    ...part,
  };
}

/** A person with one entry in one directory, and nothing but the parts given. */
export function samplePerson(part: Partial<PersonDetail> & { name: string; kind?: DirectoryKind }): PersonDetail {
  const { kind = 'sheet', ...rest } = part;
  const numbers = part.numbers ?? [];
  const entries = part.entries ?? [sampleEntry(kind, part.name, { firm: part.firm ?? '' })];
  return {
    id: entries[0]!.handle,
    firm: '',
    role: '',
    department: '',
    photo: null,
    number: numbers[0] ?? null,
    numberCount: numbers.length,
    directoryIds: [...new Set(entries.map(({ directoryId }) => directoryId))],
    numbers,
    emails: [],
    links: [],
    notes: [],
    entries,
    reasons: [],
    pins: [],
    ...rest,
  };
}

/** The same human in a sheet, in Outlook and in 1C. */
export function sampleOlga(): PersonDetail {
  const name = 'Ольга Демидова';
  const firm = 'ООО «Образец»';
  const sheet = sampleEntry('sheet', name, {
    firm,
    fields: [
      { name: 'Менеджер', value: 'Отдел продаж' },
      { name: 'Скидка', value: '7 %' },
    ],
  });
  const outlook = sampleEntry('outlook', 'Demidova Olga', { firm, place: 'Контакты' });
  const onec = sampleEntry('onec', 'Демидова О. И.', { firm, place: 'Контактные лица' });
  return samplePerson({
    name,
    firm,
    role: 'директор',
    department: 'Дирекция',
    photo: 'photo-olga',
    numbers: [
      sampleNumber('+79030000042', '+7 903 000-00-42', { label: 'mobile', directoryIds: ['sheet', 'onec'] }),
      sampleNumber('+74950000012,12', '+7 495 000-00-12', { extension: '12', directoryIds: ['outlook'] }),
      sampleNumber('204', '204', { label: 'internal', directoryIds: ['onec'] }),
    ],
    emails: ['olga@obrazec.example'],
    links: ['https://obrazec.example/contacts'],
    notes: [
      {
        directoryId: 'outlook',
        text: 'Звонить после 11, до обеда занята на складе.\nЛюбит, когда счёт приходит сразу.',
      },
      { directoryId: 'onec', text: 'Открыта сделка, ответственный — вы.' },
    ],
    entries: [sheet, outlook, onec],
    reasons: [
      { rule: 'number', value: '+79030000042', handles: [sheet.handle, onec.handle] },
      { rule: 'email', value: 'olga@obrazec.example', handles: [sheet.handle, outlook.handle] },
      { rule: 'pinned', value: '', handles: [outlook.handle, onec.handle] },
    ],
    pins: [
      { id: 7, kind: 'together', handles: [outlook.handle, onec.handle], names: ['Demidova Olga', 'Демидова О. И.'] },
      {
        id: 8,
        kind: 'apart',
        handles: [sheet.handle, 'sheet-Ольга Демидова, бухгалтер'],
        names: [name, 'Ольга Демидова, бухгалтер'],
      },
    ],
  });
}

/** Some people of a small office. */
export function samplePeople(): PersonDetail[] {
  const own = sampleEntry('own', 'Мария Соколова');
  return [
    sampleOlga(),
    samplePerson({
      name: 'Иван Петров',
      firm: 'ИП Петров',
      role: 'закупки',
      numbers: [
        sampleNumber('+79160000001', '+7 916 000-00-01', { label: 'mobile', directoryIds: ['sheet', 'onec'] }),
        sampleNumber('+74951234567', '+7 495 123-45-67', { directoryIds: ['outlook'] }),
      ],
      entries: [sampleEntry('sheet', 'Иван Петров', { firm: 'ИП Петров' }), sampleEntry('outlook', 'Петров Иван')],
    }),
    samplePerson({
      name: 'Мария Соколова',
      firm: 'ООО «Пример»',
      role: 'бухгалтер',
      numbers: [sampleNumber('+78120000011', '+7 812 000-00-11', { directoryIds: ['own'] })],
      entries: [own],
      emails: ['maria@primer.example'],
    }),
    samplePerson({
      name: 'Склад',
      kind: 'ldap',
      department: 'Логистика',
      numbers: [sampleNumber('204', '204', { label: 'internal', directoryIds: ['ldap'] })],
    }),
    samplePerson({ name: 'Анна Белова', kind: 'outlook', firm: 'ООО «Север»' }),
    samplePerson({
      name: 'Ольга Демидова',
      kind: 'ldap',
      firm: 'АО «Другая фирма»',
      role: 'секретарь',
      entries: [sampleEntry('ldap', 'Ольга Демидова (секретарь)', { name: 'Ольга Демидова' })],
      numbers: [sampleNumber('+74950000077', '+7 495 000-00-77', { directoryIds: ['ldap'] })],
    }),
  ];
}

export function sampleMatch(person: ListedPerson, part: Partial<PartyMatch> = {}): PartyMatch {
  const { id, name, firm, role, photo } = person;
  return { confidence: 'certain', person: { id, name, firm, role, photo }, label: 'mobile', others: 0, ...part };
}

const families = [
  'Абрамов',
  'Белов',
  'Волков',
  'Громов',
  'Ершов',
  'Жуков',
  'Зимин',
  'Котов',
  'Лебедев',
  'Морозов',
  'Носов',
  'Орлов',
  'Павлов',
  'Рыбин',
  'Соколов',
  'Титов',
  'Фомин',
  'Чернов',
  'Шилов',
  'Яшин',
];
const givens = [
  'Андрей',
  'Борис',
  'Виктор',
  'Глеб',
  'Денис',
  'Егор',
  'Иван',
  'Кирилл',
  'Лев',
  'Максим',
  'Николай',
  'Олег',
  'Павел',
  'Роман',
  'Сергей',
  'Тимур',
];

/** Many people, in the order of their names. */
export function sampleCrowd(count: number): ListedPerson[] {
  const perName = Math.ceil(count / (families.length * givens.length));
  return Array.from({ length: count }, (_, index) => {
    const name = Math.floor(index / perName);
    const digits = String(index).padStart(7, '0');
    const dial = `+7495${digits}`;
    const display = `+7 495 ${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`;
    return {
      id: `crowd-${index}`,
      name: `${families[Math.floor(name / givens.length)]} ${givens[name % givens.length]}`,
      firm: `ООО «Фирма ${1 + (index % 977)}»`,
      role: index % 3 === 0 ? 'менеджер' : '',
      department: '',
      photo: null,
      number: { partyKey: dial, dial, display, extension: null },
      numberCount: 1,
      directoryIds: [index % 5 === 0 ? 'onec' : 'sheet'],
    };
  });
}
