using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Offhook.ComHelper
{
    /// <summary>A sheet of a workbook that is open in Excel. Nothing of it is activated or saved.</summary>
    internal sealed class ExcelSheet
    {
        private const int BadIndex = unchecked((int)0x8002000B);

        private readonly object book;
        private readonly object page;
        private readonly BusyRetry retry;

        /// <param name="book">Null when the workbook is not open.</param>
        /// <param name="name">Empty for the first.</param>
        public ExcelSheet(object book, string name, BusyRetry retry)
        {
            CheckOpen(book);
            this.book = book;
            this.retry = retry;
            page = Open(name);
            Date1904 = retry.Of<bool>(delegate { return (bool)((dynamic)book).Date1904; });
        }

        public bool Date1904 { get; private set; }

        public dynamic Page
        {
            get { return page; }
        }

        /// <summary>Names of a workbook's sheets of cells, in their order.</summary>
        public static IList<string> Names(object book, BusyRetry retry)
        {
            CheckOpen(book);
            dynamic pages = retry.Of<object>(delegate { return (object)((dynamic)book).Worksheets; });
            var count = retry.Of<int>(delegate { return (int)pages.Count; });
            var names = new List<string>();
            for (var index = 1; index <= count; index++)
            {
                var place = index;
                dynamic page = retry.Of<object>(delegate { return (object)pages[place]; });
                names.Add(retry.Of<string>(delegate { return (string)page.Name; }));
            }
            return names;
        }

        public void CheckWritable()
        {
            dynamic file = book;
            if (retry.Of<bool>(delegate { return (bool)file.ReadOnly; }))
            {
                throw new RefusedException("readonly", "the workbook is open for reading only");
            }
            if (retry.Of<bool>(delegate { return (bool)file.Final; }))
            {
                throw new RefusedException("final", "the workbook is marked as final");
            }
            if (retry.Of<bool>(delegate { return (bool)Page.ProtectContents; }))
            {
                throw new RefusedException("protected", "the sheet is protected");
            }
        }

        public ExcelCell Cell(int row, int column)
        {
            var range = retry.Of<object>(delegate { return (object)Page.Cells[row, column]; });
            var above = row == 1 ? null : retry.Of<object>(delegate { return (object)Page.Cells[row - 1, column]; });
            return new ExcelCell(range, above, Date1904, retry);
        }

        private static void CheckOpen(object book)
        {
            if (book == null)
            {
                throw new RefusedException("notopen", "the workbook is not open in Excel");
            }
        }

        private object Open(string name)
        {
            try
            {
                return retry.Of<object>(delegate
                {
                    dynamic pages = ((dynamic)book).Worksheets;
                    return name.Length > 0 ? (object)pages[name] : (object)pages[1];
                });
            }
            catch (COMException error)
            {
                if (error.ErrorCode == BadIndex)
                {
                    throw new RefusedException("nosheet", "no such sheet");
                }
                throw;
            }
        }
    }
}
