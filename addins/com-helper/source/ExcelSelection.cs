using System.Collections.Generic;

namespace Offhook.ComHelper
{
    /// <summary>The cells that are selected in Excel, as Offhook reads them in files: a narrow column hides no digit.</summary>
    internal sealed class ExcelSelection
    {
        private const int MostCells = 50;

        private readonly object application;
        private readonly BusyRetry retry;

        public ExcelSelection(object application, BusyRetry retry)
        {
            this.application = application;
            this.retry = retry;
        }

        public IDictionary<string, object> Read()
        {
            dynamic excel = application;
            dynamic range = retry.Of<object>(delegate { return (object)excel.ActiveWindow.RangeSelection; });
            dynamic page = retry.Of<object>(delegate { return (object)range.Worksheet; });
            dynamic book = retry.Of<object>(delegate { return (object)page.Parent; });
            var date1904 = retry.Of<bool>(delegate { return (bool)book.Date1904; });
            return new Dictionary<string, object>
            {
                { "kind", "excel" },
                { "text", string.Join("\n", Texts(range, date1904).ToArray()) },
                { "name", retry.Of<string>(delegate { return (string)book.Name; }) }
            };
        }

        private List<string> Texts(dynamic range, bool date1904)
        {
            var texts = new List<string>();
            var looked = 0;
            dynamic areas = retry.Of<object>(delegate { return (object)range.Areas; });
            var count = retry.Of<int>(delegate { return (int)areas.Count; });
            for (var index = 1; index <= count && looked < MostCells; index++)
            {
                var place = index;
                dynamic area = retry.Of<object>(delegate { return (object)areas[place]; });
                var rows = retry.Of<int>(delegate { return (int)area.Rows.Count; });
                var columns = retry.Of<int>(delegate { return (int)area.Columns.Count; });
                for (var cell = 0; cell / columns < rows && looked < MostCells; cell++, looked++)
                {
                    int row = 1 + cell / columns, column = 1 + cell % columns;
                    var one = retry.Of<object>(delegate { return (object)area.Cells[row, column]; });
                    var text = new ExcelCell(one, null, date1904, retry).Shown();
                    if (text.Length > 0)
                    {
                        texts.Add(text);
                    }
                }
            }
            return texts;
        }
    }
}
