using System;
using System.Collections.Generic;

namespace Offhook.ComHelper
{
    /// <summary>
    /// Reads columns of a workbook that is open in Excel as Offhook reads them in files, so that rows are found by what
    /// they are: values in blocks, and formats by halving a block until all of it has one.
    /// </summary>
    public sealed class ExcelRows
    {
        private const int RowsAtOnce = 500;
        // Nobody's name or number is longer; a line of the answer stays short.
        private const int LongestText = 4000;
        private const int LengthAtOnce = 100000;

        private readonly ExcelSheet sheet;
        private readonly BusyRetry retry;

        public ExcelRows(object book, string sheet, BusyRetry retry)
        {
            this.sheet = new ExcelSheet(book, sheet, retry);
            this.retry = retry;
        }

        /// <param name="give">Number of the first row and the texts of each, empty rows too.</param>
        /// <returns>Number of the last row that has anything in it.</returns>
        public int Read(IList<int> columns, int first, int last, Action<int, IList<object>> give)
        {
            dynamic used = retry.Of<object>(delegate { return (object)sheet.Page.UsedRange; });
            var lastRow = retry.Of<int>(delegate { return (int)used.Row; }) - 1 + retry.Of<int>(delegate { return (int)used.Rows.Count; });
            var lastColumn = retry.Of<int>(delegate { return (int)used.Column; }) - 1 + retry.Of<int>(delegate { return (int)used.Columns.Count; });
            for (var from = first; from <= Math.Min(lastRow, last); from += RowsAtOnce)
            {
                var to = Math.Min(Math.Min(lastRow, last), from + RowsAtOnce - 1);
                var texts = new string[to - from + 1][];
                for (var row = 0; row < texts.Length; row++)
                {
                    texts[row] = new string[columns.Count];
                }
                var block = new ExcelBlock(sheet, retry, from, to, columns, lastColumn);
                for (var place = 0; place < columns.Count; place++)
                {
                    ReadColumn(block, columns[place], place, texts);
                }
                Give(from, texts, give);
            }
            return lastRow;
        }

        private void ReadColumn(ExcelBlock block, int column, int place, string[][] texts)
        {
            var values = block.Values(column);
            var numbers = Array.Exists(values, delegate(object value) { return value is double; });
            var formats = numbers ? block.Formats(column) : new string[values.Length];
            for (var row = 0; row < values.Length; row++)
            {
                var text = Text(values[row], formats[row], block.From + row, column);
                texts[row][place] = text.Substring(0, Math.Min(text.Length, LongestText));
            }
        }

        private string Text(object value, string format, int row, int column)
        {
            if (value is double)
            {
                return ShownNumber.Of((double)value, format, sheet.Date1904);
            }
            var text = value as string;
            return text ?? (value == null ? "" : sheet.Cell(row, column).Shown());
        }

        private static void Give(int from, string[][] texts, Action<int, IList<object>> give)
        {
            var piece = new List<object>();
            var length = 0;
            for (var row = 0; row < texts.Length; row++)
            {
                piece.Add(texts[row]);
                length += string.Concat(texts[row]).Length;
                if (length > LengthAtOnce || row == texts.Length - 1)
                {
                    give(from + row + 1 - piece.Count, piece);
                    piece = new List<object>();
                    length = 0;
                }
            }
        }
    }
}
