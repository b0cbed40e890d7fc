import ExcelJS from 'exceljs';

export const customerRows = 100_000;
const headings = [
  '№',
  'ФИО',
  'Организация',
  'Должность',
  'Телефон',
  'Моб. телефон',
  'E-mail',
  'Город',
  'Менеджер',
  'Статус',
  'Дата звонка',
  'Комментарий',
];
const families = ['Иванова', 'Петров', 'Сидорова', 'Кузнецов', 'Смирнова', 'Ромашкин', 'Лебедева', 'Орлов'];
const names = ['Ольга', 'Иван', 'Мария', 'Пётр', 'Анна', 'Сергей', 'Татьяна'];
const roles = ['директор', 'главный бухгалтер', 'закупки', 'секретарь', 'инженер'];
const cities = ['Москва', 'Тверь', 'Казань', 'Екатеринбург', 'Санкт-Петербург', 'Пермь'];
const notes = ['Просит счёт до пятницы', 'Перезвонить после 18', 'Отправили прайс', 'Ждёт договор', ''];
const of = (list: readonly string[], index: number) => list[index % list.length]!;

function customer(index: number): (string | number | Date)[] {
  const digits = String(1_000_000 + ((index * 7919) % 8_999_999));
  const [a, b, c] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)];
  return [
    index + 1,
    `${of(families, index)} ${of(names, index * 3)} ${index}`,
    `ООО «Ромашка ${index % 20_000}»`,
    of(roles, index),
    `8 (495) ${a}-${b}-${c} доб. ${10 + (index % 90)}`,
    // Numbers, as they are typed.
    89_160_000_000 + ((index * 7919) % 9_999_999),
    `client${index}@romashka${index % 20_000}.example`,
    of(cities, index),
    `${of(families, index * 5)} ${of(names, index)}`,
    of(['новый', 'в работе', 'отказ'], index),
    new Date(Date.UTC(2026, 0, 1 + (index % 300))),
    index % 5 === 4 ? '' : `${of(notes, index)}, заказ ${index}`,
  ];
}

/** A workbook of customers (the nth from `from` on), 12 columns wide, written by exceljs with shared strings, as Excel itself writes them. */
export async function writeCustomerSheet(filename: string, rows = customerRows, from = 0): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename, useSharedStrings: true, useStyles: true });
  const sheet = workbook.addWorksheet('Клиенты');
  sheet.getColumn(11).numFmt = 'dd.mm.yyyy';
  sheet.addRow(headings).commit();
  for (let index = 0; index < rows; index++) sheet.addRow(customer(from + index)).commit();
  sheet.commit();
  await workbook.commit();
}
