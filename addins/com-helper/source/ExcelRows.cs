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
        private const int MostRows = 1048576;
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
        /// <returns>How many rows there are.</returns>
        public int Read(IList<int> columns, Action<int, IList<object>> give)
        {
            dynamic used = retry.Of<object>(delegate { return (object)sheet.Page.UsedRange; });
            var first = retry.Of<int>(delegate { return (int)used.Row; });
            var last = Math.Min(MostRows, first - 1 + retry.Of<int>(delegate { return (int)used.Rows.Count; }));
            for (var from = 1; from <= last; from += RowsAtOnce)
            {
                var to = Math.Min(last, from + RowsAtOnce - 1);
                var texts = new string[to - from + 1][];
                for (var row = 0; row < texts.Length; row++)
                {
                    texts[row] = new string[columns.Count];
                }
                for (var place = 0; place < columns.Count; place++)
                {
                    ReadColumn(columns[place], from, to, place, texts);
                }
                Give(from, texts, give);
            }
            return last;
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

        private void ReadColumn(int column, int from, int to, int place, string[][] texts)
        {
            var values = Values(column, from, to);
            var formats = new string[to - from + 1];
            if (Array.Exists(values, delegate(object value) { return value is double; }))
            {
                ReadFormats(column, from, to, from, formats);
            }
            for (var row = 0; row < values.Length; row++)
            {
                var text = Text(values[row], formats[row], from + row, column);
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

        private object[] Values(int column, int from, int to)
        {
            var values = new object[to - from + 1];
            dynamic block = Block(column, from, to);
            var found = retry.Of<object>(delegate { return (object)block.Value2; });
            var array = found as object[,];
            for (var row = 0; row < values.Length; row++)
            {
                // A single cell comes as it is; an array's bounds begin with 1.
                values[row] = array == null ? found : array[array.GetLowerBound(0) + row, array.GetLowerBound(1)];
            }
            return values;
        }

        private void ReadFormats(int column, int from, int to, int start, string[] formats)
        {
            dynamic block = Block(column, from, to);
            var format = retry.Of<object>(delegate { return (object)block.NumberFormat; }) as string;
            if (format == null && from < to)
            {
                var middle = (from + to) / 2;
                ReadFormats(column, from, middle, start, formats);
                ReadFormats(column, middle + 1, to, start, formats);
                return;
            }
            for (var row = from; row <= to; row++)
            {
                formats[row - start] = format ?? "";
            }
        }

        private object Block(int column, int from, int to)
        {
            var first = retry.Of<object>(delegate { return (object)sheet.Page.Cells[from, column]; });
            var last = retry.Of<object>(delegate { return (object)sheet.Page.Cells[to, column]; });
            return retry.Of<object>(delegate { return (object)sheet.Page.Range[(dynamic)first, (dynamic)last]; });
        }
    }
}
