/** A flat OpenDocument table for LibreOffice to save: merged headings, a hidden sheet, days, floats and errors. */
export const libreOfficeTable = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="N1"><number:day number:style="long"/><number:text>.</number:text><number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Старое" table:style-name="hidden"><table:table-row><table:table-cell office:value-type="string"><text:p>Никому</text:p></table:table-cell></table:table-row></table:table>
<table:table table:name="Клиенты &amp; партнёры">
<table:table-row><table:table-cell table:number-columns-spanned="5" office:value-type="string"><text:p>Клиенты на 15.01.2026</text:p></table:table-cell></table:table-row>
<table:table-row/>
<table:table-row>
<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>ФИО</text:p></table:table-cell>
<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>Телефоны</text:p></table:table-cell><table:covered-table-cell/>
<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>Дата звонка</text:p></table:table-cell>
<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>Комментарий</text:p></table:table-cell>
</table:table-row>
<table:table-row><table:covered-table-cell/>
<table:table-cell office:value-type="string"><text:p>Моб.</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Раб.</text:p></table:table-cell>
</table:table-row>
<table:table-row>
<table:table-cell office:value-type="string"><text:p>Иванова Ольга</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="89161234567"/>
<table:table-cell office:value-type="string"><text:p>8 (495) 123-45-67</text:p><text:p>доб. 12</text:p></table:table-cell>
<table:table-cell table:style-name="day" office:value-type="date" office:date-value="2026-01-15"/>
<table:table-cell office:value-type="string"><text:p>Просит <text:s text:c="2"/>счёт &lt;сегодня&gt;</text:p></table:table-cell>
</table:table-row>
<table:table-row>
<table:table-cell office:value-type="string"><text:p>Петров Иван</text:p></table:table-cell>
<table:table-cell table:formula="of:=[.B5]+1" office:value-type="float" office:value="89161234568"/>
<table:table-cell table:formula="of:=VLOOKUP(&quot;x&quot;;[.A1:.A2];1;0)" office:value-type="string"/>
</table:table-row>
</table:table>
</office:spreadsheet></office:body></office:document>`;

/** A workbook with a filtered table, rich and long texts, a format of numbers, a hidden sheet and merged headings. */
export const xlsxWriterProgram = `
import sys, datetime, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[1], {'constant_memory': sys.argv[2] == 'inline', 'default_date_format': 'dd.mm.yyyy'})
hidden = book.add_worksheet('Справочник')
hidden.write(0, 0, 'x')
hidden.hide()
sheet = book.add_worksheet('Клиенты')
sheet.activate()
bold = book.add_format({'bold': True})
phone = book.add_format({'num_format': '"8 "(000) 000-00-00'})
sheet.merge_range('A1:F1', 'Клиенты', bold) if sys.argv[2] == 'table' else sheet.write('A1', 'Клиенты')
headings = ['ФИО', 'Организация', 'Телефон', 'Моб.', 'Дата', 'E-mail']
rows = [
  ['Иванова Ольга', 'ООО «Ромашка»', '8 (495) 123-45-67; +7 903 111-22-33', 9161234567, datetime.date(2026, 1, 15), 'o@romashka.example'],
  ['Петров Иван', 'АО "Лютик" & Ко', '+7 495 765-43-21', 9161234568, datetime.date(2026, 2, 1), ''],
]
if sys.argv[2] == 'table':
    sheet.add_table(1, 0, 1 + len(rows), len(headings) - 1, {'columns': [{'header': each} for each in headings]})
    sheet.filter_column('A', 'x == Иванова')
    sheet.set_row(3, None, None, {'hidden': True})
else:
    sheet.write_row(1, 0, headings)
for at, row in enumerate(rows, 2):
    if at == 2 and sys.argv[2] == 'table':
        sheet.write_rich_string(at, 0, 'Иванова ', bold, 'Ольга')
    else:
        sheet.write_string(at, 0, row[0])
    sheet.write_string(at, 1, row[1])
    sheet.write_string(at, 2, row[2])
    sheet.write_number(at, 3, row[3], phone)
    sheet.write_datetime(at, 4, row[4])
    sheet.write_string(at, 5, row[5]) if row[5] else sheet.write_blank(at, 5, None, bold)
book.close()
`;

/** A workbook as programs of all kinds write it: formulas without results, errors, booleans, a chart, an empty sheet. */
export const openpyxlProgram = `
import sys, datetime, openpyxl
from openpyxl.styles import Font
from openpyxl.chart import BarChart, Reference
book = openpyxl.Workbook(write_only=False)
sheet = book.active
sheet.title = 'Пустой'
sheet = book.create_sheet('Клиенты')
sheet.append(['Код', 'Клиент', 'Контактное лицо', 'Телефон', 'Сайт', 'Активен', 'Доля'])
sheet.append(['К-17', 'ООО Ромашка', 'Ольга', 89161234567.0, 'romashka.example', True, 0.125])
sheet.append(['К-18', 'ООО Лютик', 'Иван', '8 903 111-22-33, 8 903 111-22-44', None, False, 1])
sheet.append(['К-19', 'ООО Астра', 'Анна', '=D2+1', None, None, None])
sheet.append(['К-20', 'ООО Мак', 'Яна', '#N/A', None, None, None])
for row in range(2, 6):
    sheet.cell(row, 7).number_format = '0.0%'
for row in range(6, 200):
    sheet.cell(row, 4).font = Font(bold=True)
sheet.auto_filter.ref = 'A1:G5'
chart = BarChart()
chart.add_data(Reference(sheet, min_col=7, min_row=1, max_row=3))
sheet.add_chart(chart, 'J2')
book.create_chartsheet('График')
book.save(sys.argv[1])
`;
