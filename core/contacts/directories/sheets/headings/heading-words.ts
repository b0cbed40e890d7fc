import type { ColumnRole } from '#contract/ipc/index.ts';
import { foldName } from '#core/contacts/people/has-words.ts';

/** What a heading says of its column. */
export interface HeadingWord {
  /** `byContent`: the word alone does not tell; what is in the column does. */
  role: ColumnRole | 'byContent';
  label: string;
}

/** Words apart by single spaces, small, without signs: `Тел./моб.:` → `тел моб`. */
export function foldHeading(text: string): string {
  return foldName(text)
    .replace(/[^\p{L}\p{N}№#]+/gu, ' ')
    .trim();
}

/** Whole words of a folded heading; `*` stands for any ending. */
function words(...list: string[]): RegExp {
  return new RegExp(`(?:^| )(?:${list.map((word) => word.replaceAll('*', '\\p{L}*')).join('|')})(?= |$)`, 'u');
}

/** The first that fits counts: what looks like something else by one of its words comes before that. */
const roles: readonly [RegExp, HeadingWord['role']][] = [
  [words('комментари*', 'примечани*', 'заметк*', 'коммент', 'прим', 'comments?', 'notes?', 'remarks?'), 'note'],
  [
    words(
      'инн',
      'кпп',
      'огрн',
      'огрнип',
      'окпо',
      'бик',
      'снилс',
      'паспорт*',
      'р с',
      'к с',
      'расч* счет*',
      'vat',
      'tax',
    ),
    'ignored',
  ],
  [
    words(
      'сумм*',
      'долг*',
      'баланс*',
      'цен*',
      'стоимост*',
      'оборот*',
      'скидк*',
      'количеств*',
      'кол во',
      'amount',
      'price',
      'total',
    ),
    'ignored',
  ],
  [words('(?:тел*|phone|e ?mail|почта) (?:менеджера|ответственного|куратора)'), 'shown'],
  [
    words(
      'e mail',
      'email',
      'mail',
      'емейл',
      'емайл',
      'имейл',
      'мейл',
      'эл почт*',
      'электр* (?:почт*|адрес*)',
      'почта',
    ),
    'email',
  ],
  [
    words(
      'тел',
      'телеф*',
      'моб',
      'мобил*',
      'сот',
      'сотов*',
      'whats ?app',
      'вот*сап',
      'ват*сап',
      'viber',
      'вайбер',
      'факс*',
    ),
    'number',
  ],
  [
    words(
      'phones?',
      'telephones?',
      'tel',
      'mob',
      'mobile',
      'cell',
      'cellphone',
      'fax',
      'номер* тел*',
      'доб',
      'добавочн*',
    ),
    'number',
  ],
  [
    words(
      'внутр* (?:номер|№)',
      'вн (?:номер|№)',
      'внутренний',
      '(?:phone|mobile|contact) numbers?',
      'extension',
      'ext',
    ),
    'number',
  ],
  [/^(?:раб|рабочий|дом|домашний|гор|городской)(?: \d)?$/u, 'number'],
  [
    words(
      'город',
      'регион*',
      'область',
      'район',
      'адрес*',
      'индекс',
      'менеджер*',
      'ответственн*',
      'куратор*',
      'статус*',
      'дата',
    ),
    'shown',
  ],
  [
    words(
      'дата .*',
      'день рождения',
      'источник*',
      'категори*',
      'групп*',
      'тип',
      'city',
      'region',
      'address',
      'manager',
      'owner',
    ),
    'shown',
  ],
  [words('status', 'stage', 'source', 'category', 'type', 'date', 'birthday', 'country', 'страна'), 'shown'],
  [words('фио', 'ф и о', 'фамилия .*', 'имя (?:и )?фамилия', 'фам имя.*'), 'name'],
  [
    words(
      'контактн* лиц*',
      'контактное',
      'full name',
      'contact (?:name|person)',
      'name surname',
      'имя (?:клиента|контакта)',
    ),
    'name',
  ],
  [words('фамилия', 'surname', 'last name', 'family name', 'lastname'), 'familyName'],
  [words('отчество', 'middle name', 'patronymic'), 'patronymic'],
  [words('имя', 'first name', 'given name', 'firstname'), 'givenName'],
  [words('должност*', 'job', 'job title', 'position', 'роль', 'role', 'title'), 'role'],
  [words('отдел*', 'подразделени*', 'департамент*', 'служба', 'department', 'dept', 'division'), 'department'],
  [
    words(
      '№ договор*',
      'номер договор*',
      'договор',
      'код*',
      'id',
      'ид',
      'guid',
      'uid',
      'uuid',
      'code',
      'key',
      'таб* номер',
    ),
    'id',
  ],
  [words('лиц* счет', '(?:customer|client|account|contract) (?:id|no|number|code)', 'ключ'), 'id'],
  [
    words(
      'организаци*',
      'компани*',
      'контрагент*',
      'фирм*',
      'юр* лиц*',
      'предприяти*',
      'учреждени*',
      'company',
      'firm',
    ),
    'firm',
  ],
  [words('organi[sz]ation', 'account', 'business', 'employer', 'название.*', 'наименование.*'), 'firm'],
  [words('сайт*', 'site', 'website', 'web', 'www', 'url', 'ссылк*', 'homepage', 'интернет'), 'link'],
  [
    words(
      'клиент*',
      'покупател*',
      'заказчик*',
      'абонент*',
      'сотрудник*',
      'client',
      'customer',
      'name',
      'employee',
      'person',
    ),
    'name',
  ],
  [/^(?:№|#|n|no|номер|number|п п|№ п п|n п п|контакт|контакты|contacts?|telegram|телеграм)(?: \d)?$/u, 'byContent'],
];

const labels: readonly [RegExp, string][] = [
  [words('whats ?app', 'вот*сап', 'ват*сап'), 'WhatsApp'],
  [words('viber', 'вайбер'), 'Viber'],
  [words('telegram', 'телеграм'), 'Telegram'],
  [words('моб', 'мобил*', 'сот', 'сотов*', 'мт', 'mob', 'mobile', 'cell', 'cellphone'), 'mobile'],
  [words('факс*', 'fax', 'тел факс', 'ф'), 'fax'],
  [words('внутр*', 'вн', 'доб', 'добавочн*', 'internal', 'extension', 'ext'), 'internal'],
  [words('раб', 'рабоч*', 'служ*', 'офис*', 'work', 'office', 'business', 'р', 'рт'), 'work'],
  [words('дом', 'домашн*', 'home', 'д', 'дт'), 'home'],
  [words('секретар*', 'помощник*', 'ассистент*', 'assistant'), 'assistant'],
  [words('осн', 'основн*', 'главн*', 'общий', 'main', 'primary'), 'main'],
  [words('друг*', 'доп', 'дополнительн*', 'other'), 'other'],
];

/** Label of a number as the contract has it; empty where the words say nothing. */
export function labelOf(text: string): string {
  const folded = foldHeading(text);
  return labels.find(([pattern]) => pattern.test(folded))?.[1] ?? '';
}

/** Null for a heading that is not known. */
export function readHeading(text: string): HeadingWord | null {
  if (text.length > 80) return null;
  const folded = foldHeading(text);
  const role = roles.find(([pattern]) => pattern.test(folded))?.[1];
  if (role === undefined) return null;
  return { role, label: role === 'number' || role === 'byContent' ? labelOf(text) : '' };
}
