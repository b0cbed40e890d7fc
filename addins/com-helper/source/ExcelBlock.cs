using System;
using System.Collections.Generic;

namespace Offhook.ComHelper
{
    /// <summary>Some rows of a sheet, with as few questions to Excel as may be: columns that lie together are one.</summary>
    internal sealed class ExcelBlock
    {
        private readonly ExcelSheet sheet;
        private readonly BusyRetry retry;
        private readonly int to;
        private readonly int lastColumn;
        private readonly int left;
        private readonly object[,] together;

        /// <param name="lastColumn">Beyond it there is nothing.</param>
        public ExcelBlock(ExcelSheet sheet, BusyRetry retry, int from, int to, IList<int> columns, int lastColumn)
        {
            this.sheet = sheet;
            this.retry = retry;
            this.to = to;
            this.lastColumn = lastColumn;
            From = from;
            int first = int.MaxValue, last = 0, wanted = 0;
            foreach (var column in columns)
            {
                if (column <= lastColumn)
                {
                    first = Math.Min(first, column);
                    last = Math.Max(last, column);
                    wanted++;
                }
            }
            if (wanted > 1 && last - first < wanted * 3)
            {
                left = first;
                together = Read(first, last) as object[,];
            }
        }

        public int From { get; private set; }

        public object[] Values(int column)
        {
            var values = new object[to - From + 1];
            if (column > lastColumn)
            {
                return values;
            }
            var alone = together == null ? Read(column, column) : null;
            // A single cell comes as it is; an array's bounds begin with 1.
            var array = together ?? alone as object[,];
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = array == null ? alone : array[array.GetLowerBound(0) + row, array.GetLowerBound(1) + (together == null ? 0 : column - left)];
            }
            return values;
        }

        /// <summary>The number format of each row.</summary>
        public string[] Formats(int column)
        {
            var formats = new string[to - From + 1];
            ReadFormats(column, From, to, formats);
            return formats;
        }

        private void ReadFormats(int column, int first, int last, string[] formats)
        {
            dynamic range = Range(first, column, last, column);
            var format = retry.Of<object>(delegate { return (object)range.NumberFormat; }) as string;
            if (format == null && first < last)
            {
                var middle = (first + last) / 2;
                ReadFormats(column, first, middle, formats);
                ReadFormats(column, middle + 1, last, formats);
                return;
            }
            for (var row = first; row <= last; row++)
            {
                formats[row - From] = format ?? "";
            }
        }

        private object Read(int first, int last)
        {
            dynamic range = Range(From, first, to, last);
            return retry.Of<object>(delegate { return (object)range.Value2; });
        }

        private object Range(int top, int first, int bottom, int last)
        {
            var start = retry.Of<object>(delegate { return (object)sheet.Page.Cells[top, first]; });
            var end = retry.Of<object>(delegate { return (object)sheet.Page.Cells[bottom, last]; });
            return retry.Of<object>(delegate { return (object)sheet.Page.Range[(dynamic)start, (dynamic)end]; });
        }
    }
}
