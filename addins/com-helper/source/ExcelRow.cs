using System;
using System.IO;

namespace Offhook.ComHelper
{
    /// <summary>Shows one row of a workbook in Excel: in the window in which it is open, else opened anew.</summary>
    public sealed class ExcelRow
    {
        private readonly object application;
        private readonly BusyRetry retry;

        public ExcelRow(object application, BusyRetry retry)
        {
            this.application = application;
            this.retry = retry;
        }

        private dynamic Excel
        {
            get { return application; }
        }

        /// <param name="sheet">Empty for the first.</param>
        /// <param name="row">Counted from 1.</param>
        public void Show(string file, string sheet, int row)
        {
            if (!File.Exists(file))
            {
                throw new FileNotFoundException("the workbook is not there");
            }
            Do(delegate { Excel.Visible = true; });
            dynamic book = Find(file);
            Do(delegate { book.Activate(); });
            dynamic page = retry.Of<object>(delegate
            {
                return sheet.Length > 0 ? (object)book.Worksheets.Item(sheet) : (object)book.Worksheets.Item(1);
            });
            Do(delegate { page.Activate(); });
            dynamic line = retry.Of<object>(delegate { return page.Rows.Item(row); });
            Do(delegate { Excel.Goto(line, true); });
        }

        private object Find(string file)
        {
            dynamic books = retry.Of<object>(delegate { return Excel.Workbooks; });
            var count = retry.Of<int>(delegate { return (int)books.Count; });
            for (var index = 1; index <= count; index++)
            {
                var place = index;
                dynamic book = retry.Of<object>(delegate { return books.Item(place); });
                var name = retry.Of<string>(delegate { return (string)book.FullName; });
                if (string.Equals(name, file, StringComparison.OrdinalIgnoreCase))
                {
                    return book;
                }
            }
            return retry.Of<object>(delegate { return books.Open(file); });
        }

        private void Do(Action act)
        {
            retry.Of<object>(delegate
            {
                act();
                return null;
            });
        }
    }
}
