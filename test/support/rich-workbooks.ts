/** What the workbooks below have in their first sheet, beside much else: a heading, and three customers. */
export const customers = {
  headings: ['ФИО', 'Телефон', 'Статус', 'Сумма'],
  names: ['Иванова Ольга', 'Петров Иван', 'Орлова Анна'],
};

/** LibreOffice: a pivot table, a chart, conditional formats, a list to choose from, a rich text. Arguments: file, folder. */
export const libreOfficeProgram = `
import os, subprocess, sys, time, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import CellRangeAddress, CellAddress
from com.sun.star.awt import Rectangle, FontWeight
from com.sun.star.sheet.ConditionOperator import EQUAL
from com.sun.star.sheet.DataPilotFieldOrientation import ROW, DATA
from com.sun.star.sheet.GeneralFunction import COUNT
target, folder = sys.argv[1:3]
def value(name, content):
    made = PropertyValue(); made.Name = name; made.Value = content
    return made
pipe = 'offhook%d' % os.getpid()
office = subprocess.Popen(['soffice', '--headless', '--norestore', '-env:UserInstallation=file://' + folder + '/profile', '--accept=pipe,name=' + pipe + ';urp;'])
try:
    resolver = uno.getComponentContext().ServiceManager.createInstance('com.sun.star.bridge.UnoUrlResolver')
    for attempt in range(300):
        try:
            context = resolver.resolve('uno:pipe,name=' + pipe + ';urp;StarOffice.ComponentContext')
            break
        except Exception:
            time.sleep(0.1)
    desktop = context.ServiceManager.createInstanceWithContext('com.sun.star.frame.Desktop', context)
    book = desktop.loadComponentFromURL('private:factory/scalc', '_blank', 0, (value('Hidden', True),))
    sheet = book.Sheets.getByIndex(0)
    sheet.Name = 'Клиенты'
    rows = [('ФИО', 'Телефон', 'Статус', 'Сумма'), ('Иванова Ольга', '8 (495) 123-45-67', 'новый', 100.0), ('Петров Иван', '8 (903) 111-22-33', 'в работе', 200.0), ('Орлова Анна', '8 (916) 765-43-21', 'новый', 300.0)]
    sheet.getCellRangeByName('A1:D4').setDataArray(tuple(rows))
    days = sheet.getCellRangeByName('F7')
    days.setFormula('2026-01-15')
    days.NumberFormat = book.NumberFormats.getStandardFormat(2, uno.createUnoStruct('com.sun.star.lang.Locale'))
    cursor = sheet.getCellByPosition(0, 1).createTextCursor()
    cursor.gotoEnd(False); cursor.goLeft(5, True); cursor.CharWeight = FontWeight.BOLD
    book.Sheets.insertNewByName('Сводная', 1)
    pivot = book.Sheets.getByName('Сводная')
    tables = pivot.DataPilotTables
    descriptor = tables.createDataPilotDescriptor()
    source = CellRangeAddress(); source.Sheet = 0; source.EndColumn = 3; source.EndRow = 3
    descriptor.setSourceRange(source)
    fields = descriptor.DataPilotFields
    fields.getByIndex(2).Orientation = ROW
    fields.getByIndex(3).Orientation = DATA
    fields.getByIndex(3).Function = COUNT
    place = CellAddress(); place.Sheet = 1
    tables.insertNewByName('Итоги', place, descriptor)
    charts = sheet.Charts
    charts.addNewByName('График', Rectangle(9000, 3000, 8000, 6000), (source,), True, True)
    entries = sheet.getCellRangeByName('C2:C4').ConditionalFormat
    entries.addNew((value('Operator', EQUAL), value('Formula1', '"новый"'), value('StyleName', 'Good')))
    sheet.getCellRangeByName('C2:C4').ConditionalFormat = entries
    checked = sheet.getCellRangeByName('C2:C100')
    validation = checked.Validation
    from com.sun.star.sheet.ValidationType import LIST
    validation.Type = LIST
    validation.setFormula1('"новый";"в работе";"отказ"')
    checked.Validation = validation
    book.storeToURL('file://' + target, (value('FilterName', 'Calc MS Excel 2007 XML'),))
    book.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass
    office.wait(20)
finally:
    office.kill()
`;

const rows = `
headings = ['ФИО', 'Телефон', 'Статус', 'Сумма']
rows = [['Иванова Ольга', '8 (495) 123-45-67', 'новый', 100], ['Петров Иван', '8 (903) 111-22-33', 'в работе', 200], ['Орлова Анна', '8 (916) 765-43-21', 'новый', 300]]
`;

/**
 * XlsxWriter: macros, a chart, a picture, a table with a filter, rich texts, conditional formats, a list to choose from,
 * notes, sparklines, frozen panes, dates. Arguments: file, the file of macros, a picture.
 */
export const xlsxWriterProgram = `
import sys, datetime, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[1])
if sys.argv[1].endswith('.xlsm'):
    book.add_vba_project(sys.argv[2])
    book.set_vba_name('ThisWorkbook')
sheet = book.add_worksheet('Клиенты')
if sys.argv[1].endswith('.xlsm'):
    sheet.set_vba_name('Sheet1')
    sheet.insert_button('K2', {'macro': 'Call', 'caption': 'Позвонить'})
bold, red = book.add_format({'bold': True}), book.add_format({'font_color': 'red', 'bg_color': '#FFEEEE'})
day = book.add_format({'num_format': 'dd.mm.yyyy'})
${rows}
sheet.add_table(0, 0, 3, 3, {'columns': [{'header': each} for each in headings], 'data': rows})
sheet.write_rich_string(1, 0, 'Иванова ', bold, 'Ольга')
sheet.write_datetime(6, 6, datetime.datetime(2026, 1, 15), day)
sheet.conditional_format('C2:C100', {'type': 'cell', 'criteria': '==', 'value': '"новый"', 'format': red})
sheet.conditional_format('D2:D100', {'type': 'data_bar_2010', 'data_bar_2010': True})
sheet.data_validation('C2:C100', {'validate': 'list', 'source': ['новый', 'в работе', 'отказ']})
sheet.freeze_panes(1, 1)
sheet.write_comment('A3', 'Звонить утром')
sheet.insert_image('F8', sys.argv[3])
sheet.add_sparkline('E2', {'range': 'Клиенты!D2:D4'})
chart = book.add_chart({'type': 'column'})
chart.add_series({'values': '=Клиенты!$D$2:$D$4'})
sheet.insert_chart('F20', chart)
sheet.write_array_formula('I1:I3', '{=D2:D4*2}', None, 200)
sheet.write_url('J1', 'https://romashka.example/')
book.define_name('Суммы', '=Клиенты!$D$2:$D$4')
book.add_worksheet('Итоги').write_formula('A1', '=COUNTIF(Клиенты!C2:C4,"новый")', None, 2)
book.close()
`;

/** openpyxl: a chart, conditional formats, a list to choose from, notes, a filter, a second sheet, dates. Argument: file. */
export const openpyxlProgram = `
import sys, datetime, openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
book = openpyxl.Workbook()
sheet = book.active
sheet.title = 'Клиенты'
${rows}
for row in [headings] + rows:
    sheet.append(row)
sheet['A1'].font = Font(bold=True)
sheet['F7'] = datetime.datetime(2026, 1, 15, 9, 30)
sheet.conditional_formatting.add('C2:C99', CellIsRule(operator='equal', formula=['"новый"'], fill=PatternFill(bgColor='FFEEEE')))
sheet.conditional_formatting.add('D2:D99', ColorScaleRule(start_type='min', start_color='FFFFFF', end_type='max', end_color='FF0000'))
choice = DataValidation(type='list', formula1='"новый,в работе,отказ"')
choice.add('C2:C99')
sheet.add_data_validation(choice)
sheet['A3'].comment = Comment('Звонить утром', 'Мария')
sheet.auto_filter.ref = 'A1:D4'
sheet.freeze_panes = 'A2'
chart = BarChart()
chart.add_data(Reference(sheet, min_col=4, min_row=1, max_row=4), titles_from_data=True)
sheet.add_chart(chart, 'H2')
book.create_sheet('Итоги')['A1'] = '=SUM(Клиенты!D2:D4)'
book.save(sys.argv[1])
`;

/** Prints the first sheet of a workbook, as openpyxl reads it, as lines with tabulators. Arguments: file, result. */
export const openpyxlReader = `
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], keep_vba=True)
sheet = book.worksheets[0]
with open(sys.argv[2], 'w', encoding='utf-8') as out:
    for row in sheet.iter_rows(values_only=True):
        out.write('\\t'.join('' if cell is None else str(cell) for cell in row) + '\\n')
`;
