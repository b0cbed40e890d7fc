/** Cards as programs write them, made after what each of them documents or is known to write. */

/** Text as quoted-printable in the given bytes, with soft line breaks as vCard 2.1 has them. */
function quotedPrintable(text: string, bytesOf: (text: string) => Uint8Array): string {
  const codes = [...bytesOf(text)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);
  return codes.map((code, index) => (index % 24 === 23 ? `${code}=\r\n` : code)).join('');
}

/** Letters of Russian in Windows-1251, and ASCII. */
export function windows1251(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x410 && code <= 0x44f) return code - 0x410 + 0xc0;
    return character === 'ё' ? 0xb8 : code;
  });
}
const utf8 = (text: string) => new TextEncoder().encode(text);

/** The beginning of a JPEG file, enough to be known by. */
export const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('JFIF photo '.repeat(20))]);
const jpegLines = jpeg.toString('base64').match(/.{1,70}/g) ?? [];

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;

/** Outlook for Windows, with its own character set of a Russian Windows. */
export const outlookCard = lines(
  'BEGIN:VCARD',
  'VERSION:2.1',
  `N;LANGUAGE=ru;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:${quotedPrintable('Демидова;Ольга;Петровна', windows1251)}`,
  `FN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:${quotedPrintable('Ольга Петровна Демидова', windows1251)}`,
  `ORG;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:${quotedPrintable('ООО "Ромашка";Отдел продаж, опт', windows1251)}`,
  `TITLE;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:${quotedPrintable('Главный бухгалтер', windows1251)}`,
  `NOTE;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:${quotedPrintable('Звонить\r\nпосле обеда; C:\\new', windows1251)}=0D=0A=`,
  '',
  'TEL;WORK;VOICE:+7 (495) 123-45-67 доб. 12',
  'TEL;CELL;VOICE:8 916 000-11-22',
  'TEL;WORK;FAX:+7 (495) 123-45-68',
  'X-MS-TEL;VOICE;ASSISTANT:+7 (495) 123-45-69',
  'ADR;WORK;PREF;CHARSET=UTF-8:;;ул. Ленина, 1;Москва;;101000;Россия',
  'X-MS-OL-DEFAULT-POSTAL-ADDRESS:2',
  'URL;WORK:http://romashka.example/',
  'EMAIL;PREF;INTERNET:olga@romashka.example',
  'EMAIL;TYPE=EX:/O=ROMASHKA/OU=FIRST/CN=OLGA',
  'PHOTO;TYPE=JPEG;ENCODING=BASE64:',
  ...jpegLines.map((line) => ` ${line}`),
  '',
  'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com/office/outlook/12/electronicbusinesscards" ver="1.0"/>',
  'REV:20260115T090000Z',
  'END:VCARD',
);

/** Google Contacts. */
export const googleCard = lines(
  'BEGIN:VCARD',
  'VERSION:3.0',
  'FN:Артём Соколов',
  'N:Соколов;Артём;;;',
  'item1.EMAIL;TYPE=INTERNET:artyom@vektor.example',
  'item1.X-ABLabel:',
  'item2.TEL:+7 812 000-00-11',
  'item2.X-ABLabel:Внутренний',
  'item3.TEL:204',
  'item3.X-ABLabel:Проходная\\, ночью',
  'TEL;TYPE=CELL:+79210000011',
  'TEL;TYPE=WORK:+7 812 000-00-12',
  'item4.ORG:АО «Вектор»;Склад',
  'item4.X-ABLabel:',
  'item5.TITLE:Кладовщик',
  'item6.URL:http\\://vektor.example/',
  'item6.X-ABLabel:_$!<HomePage>!$_',
  'BDAY:--0131',
  'NOTE:Первая строка\\nвторая\\, с запятой\\; и точкой',
  'PHOTO:https://photos.example/a.jpg',
  'CATEGORIES:myContacts,Поставщики',
  'END:VCARD',
);

/** iPhone and iCloud; the second is a firm. */
export const appleCards = lines(
  'BEGIN:VCARD',
  'VERSION:3.0',
  'PRODID:-//Apple Inc.//iPhone OS 17.4//EN',
  'N:Лебедев;Пётр;Ильич;;',
  'FN:Пётр Ильич Лебедев',
  'ORG:ООО «Лебедь»;',
  'item1.TEL;type=pref:+7 (903) 000-00-42',
  'item1.X-ABLabel:_$!<Work>!$_',
  'TEL;type=IPHONE;type=CELL;type=VOICE:+7 903 000-00-43',
  'TEL;type=HOME;type=FAX:+7 495 000-00-44',
  'TEL;type=MAIN:+7 495 000-00-45',
  'item2.TEL:+7 495 000-00-46',
  'item2.X-ABLabel:дача',
  'EMAIL;type=INTERNET;type=HOME;type=pref:petr@lebed.example',
  'BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-09',
  'PHOTO;ENCODING=b;TYPE=JPEG:' + (jpegLines[0] ?? ''),
  ...jpegLines.slice(1).map((line) => ` ${line}`),
  'UID:6D3B1E1C-0000-4000-8000-000000000001',
  'END:VCARD',
  'BEGIN:VCARD',
  'VERSION:3.0',
  'N:;;;;',
  'FN:Такси',
  'ORG:Такси «Заря»;',
  'X-ABShowAs:COMPANY',
  'TEL;type=MAIN;type=pref:+7 495 000-00-50',
  'UID:6D3B1E1C-0000-4000-8000-000000000002',
  'END:VCARD',
  'BEGIN:VCARD',
  'VERSION:3.0',
  'N:Друзья;;;;',
  'FN:Друзья',
  'X-ADDRESSBOOKSERVER-KIND:group',
  'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:6D3B1E1C-0000-4000-8000-000000000001',
  'END:VCARD',
);

/** Thunderbird 102 and later. */
export const thunderbirdCard = lines(
  'BEGIN:VCARD',
  'VERSION:4.0',
  'N:Smith;Anna;Maria;Dr.;',
  'FN:Anna Smith',
  'EMAIL;PREF=1:anna@smith.example',
  'TEL;TYPE=work;VALUE=uri:tel:+7-495-765-43-21;ext=12',
  'TEL;VALUE=TEXT;TYPE="cell,voice":+49 160 0000000',
  'TEL;TYPE=home;PREF=1;VALUE=URI:tel:+49-30-0000000',
  'ORG:Smith & Co.;Sales',
  'TITLE:Manager',
  'ADR;TYPE=work:;;Main Street 1;Berlin;;10115;Germany',
  'BDAY;VALUE=DATE:19800131',
  `PHOTO:data:image/jpeg\\;base64\\,${jpeg.toString('base64').slice(0, 40)}`,
  ` ${jpeg.toString('base64').slice(40)}`,
  'NOTE:Hello\\nworld',
  'UID:urn:uuid:0b2f3c4d-0000-4000-8000-000000000003',
  'END:VCARD',
);

/** Android's own contacts: vCard 2.1, only what needs it as quoted-printable. */
export const androidCard = lines(
  'BEGIN:VCARD',
  'VERSION:2.1',
  `N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${quotedPrintable('Кузнецова', utf8)};${quotedPrintable('Вера', utf8)};;;`,
  `FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${quotedPrintable('Вера Кузнецова', utf8)}`,
  'TEL;CELL:+7-926-000-00-60',
  'TEL;WORK;PREF:8-499-000-00-61',
  `TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,${quotedPrintable('Охрана', utf8).replaceAll('=\r\n', '')}):555`,
  'EMAIL;WORK:vera@example.org',
  `ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${quotedPrintable('Школа № 5', utf8)}`,
  'PHOTO;ENCODING=BASE64;JPEG:' + (jpegLines[0] ?? ''),
  ...jpegLines.slice(1),
  'END:VCARD',
);

/** Nextcloud, with a label of the user's own and a photo of which nothing is left. */
export const nextcloudCard = lines(
  'BEGIN:VCARD',
  'VERSION:3.0',
  'PRODID:-//Sabre//Sabre VObject 4.5.4//EN',
  'UID:4c1a0000-0000-4000-8000-000000000004',
  'FN:Склад',
  'TEL;TYPE=Дежурный:+7 495 000-00-70',
  'TEL;TYPE="HOME,VOICE":+7 495 000-00-71',
  'PHOTO;ENCODING=b;TYPE=PNG:bm8gcGljdHVyZQ==',
  'REV;VALUE=DATE-AND-OR-TIME:20260115T090000Z',
  'END:VCARD',
);

/** Evolution: its own names of numbers, and a card within a card. */
export const evolutionCard = lines(
  'BEGIN:VCARD',
  'VERSION:3.0',
  'X-EVOLUTION-FILE-AS:Орлова\\, Мария',
  'FN:Мария Орлова',
  'N:Орлова;Мария;;;',
  'TEL;X-EVOLUTION-UI-SLOT=1;TYPE=WORK,VOICE:+7 495 000-00-80',
  'TEL;TYPE=X-EVOLUTION-ASSISTANT:+7 495 000-00-81',
  'TEL;TYPE="X-EVOLUTION-COMPANY":+7 495 000-00-82',
  'AGENT:',
  'BEGIN:VCARD',
  'VERSION:3.0',
  'FN:Секретарь',
  'TEL:+7 495 000-00-99',
  'END:VCARD',
  'ORG:Фирма\\; и сыновья;Отдел;Группа',
  'END:VCARD',
);
