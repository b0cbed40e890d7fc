import type {
  CommandInput,
  DirectoryStatus,
  MergePin,
  OwnContact,
  PersonDetail,
  PersonEntry,
} from '#contract/ipc/index.ts';

function listed(person: PersonDetail): PersonDetail {
  const directoryIds = [...new Set(person.entries.map(({ directoryId }) => directoryId))];
  return { ...person, number: person.numbers[0] ?? null, numberCount: person.numbers.length, directoryIds };
}

/** One person of several; the first one's name stays. */
export function mergedOf(people: readonly PersonDetail[], pin?: MergePin): PersonDetail {
  const first = people[0]!;
  const numbers = people.flatMap((person) => person.numbers);
  const shared = people.slice(1).flatMap((person) =>
    person.numbers
      .filter(({ partyKey }) => first.numbers.some((own) => own.partyKey === partyKey))
      .map(({ partyKey }) => ({
        rule: 'number' as const,
        value: partyKey,
        handles: [first.entries[0]!.handle, person.entries[0]!.handle] as [string, string],
      })),
  );
  return listed({
    ...first,
    firm: people.find(({ firm }) => firm)?.firm ?? '',
    numbers: numbers.filter(({ partyKey }, index) => numbers.findIndex((one) => one.partyKey === partyKey) === index),
    emails: [...new Set(people.flatMap(({ emails }) => emails))],
    links: [...new Set(people.flatMap(({ links }) => links))],
    notes: people.flatMap(({ notes }) => notes),
    entries: people.flatMap(({ entries }) => entries),
    reasons: [
      ...people.flatMap(({ reasons }) => reasons),
      ...shared,
      ...(pin ? [{ rule: 'pinned' as const, value: '', handles: pin.handles }] : []),
    ],
    pins: [...people.flatMap(({ pins }) => pins), ...(pin ? [pin] : [])],
  });
}

/** What stays of a person without one entry, and that entry as a person. */
export function partsOf(person: PersonDetail, handle: string, pinId: number): [PersonDetail, PersonDetail] {
  const entry = person.entries.find((one) => one.handle === handle)!;
  const rest = person.entries.filter((one) => one !== entry);
  const pin: MergePin = {
    id: pinId,
    kind: 'apart',
    handles: [rest[0]!.handle, handle],
    names: [rest[0]!.name, entry.name],
  };
  const left = person.numbers
    .map((number) => ({ ...number, directoryIds: number.directoryIds.filter((id) => id !== entry.directoryId) }))
    .filter(({ directoryIds }) => directoryIds.length > 0);
  const taken = person.numbers.filter(({ directoryIds }) => directoryIds.includes(entry.directoryId));
  const reasons = person.reasons.filter(({ handles }) => !handles.includes(handle));
  const stays = { ...person, id: rest[0]!.handle, entries: rest, numbers: left, reasons, pins: [...person.pins, pin] };
  const leaves = {
    ...person,
    id: handle,
    name: entry.name,
    firm: entry.firm,
    role: '',
    department: '',
    photo: null,
    entries: [entry],
    notes: [],
    emails: [],
    links: [],
  };
  return [
    listed(stays),
    listed({
      ...leaves,
      numbers: taken.map((number) => ({ ...number, directoryIds: [entry.directoryId] })),
      reasons: [],
      pins: [pin],
    }),
  ];
}

export function ownPerson(handle: string, contact: OwnContact): PersonDetail {
  const numbers = contact.numbers.map(({ text, label }) => {
    const dial = text.replace(/[^\d+]/g, '').replace(/^8(?=\d{10}$)/, '+7');
    return { partyKey: dial, dial, display: text, extension: null, label, directoryIds: ['own'] };
  });
  const entry: PersonEntry = {
    ...{
      handle,
      directoryId: 'own',
      directoryLabel: 'Свои контакты',
      kind: 'own',
      name: contact.name,
      firm: contact.firm,
    },
    ...{ place: '', canOpen: false, editable: true, fields: [] },
  };
  const { name, firm, role, department, emails, links, note } = contact;
  const notes = note ? [{ directoryId: 'own', text: note }] : [];
  const nothing = { number: null, numberCount: 0, directoryIds: [], photo: null, reasons: [], pins: [] };
  return listed({
    ...nothing,
    id: handle,
    name,
    firm,
    role,
    department,
    emails,
    links,
    numbers,
    notes,
    entries: [entry],
  });
}

/** A contact that was just made in the directory. */
export function madeIn(
  { id, kind, label }: DirectoryStatus,
  contact: CommandInput<'people.createIn'>['contact'],
): PersonDetail {
  const filled = { firm: '', role: '', department: '', emails: [], links: [], note: '', ...contact };
  const person = ownPerson(`${id}-${contact.name}`, filled);
  const entries = person.entries.map((entry) => ({
    ...entry,
    ...{ directoryId: id, directoryLabel: label, kind, canOpen: true, editable: false },
  }));
  return listed({ ...person, entries, numbers: person.numbers.map((number) => ({ ...number, directoryIds: [id] })) });
}
