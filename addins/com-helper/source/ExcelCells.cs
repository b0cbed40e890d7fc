using System;
using System.Collections.Generic;

namespace Offhook.ComHelper
{
    /// <summary>
    /// Writes cells of a workbook that is open in Excel, a row at a time: nothing of a row where any cell says something else
    /// than was expected. What is there already counts as written, so that asking again does no harm.
    /// </summary>
    public sealed class ExcelCells
    {
        private const int MostRows = 1048576;
        private const int MostColumns = 16384;
        private const int LongestText = 32767;
        private const int MostCells = 1000;

        private readonly ExcelSheet sheet;

        public ExcelCells(object book, string sheet, BusyRetry retry)
        {
            this.sheet = new ExcelSheet(book, sheet, retry);
        }

        public IList<object> Write(Request request)
        {
            var rows = new SortedDictionary<int, List<Request>>();
            foreach (var cell in request.Several("cells", MostCells))
            {
                Check(cell);
                var row = cell.Whole("row", 1, MostRows);
                if (!rows.ContainsKey(row))
                {
                    rows[row] = new List<Request>();
                }
                rows[row].Add(cell);
            }
            sheet.CheckWritable();
            var outcomes = new List<object>();
            foreach (var row in rows)
            {
                outcomes.Add(WriteRow(row.Key, row.Value));
            }
            return outcomes;
        }

        private static void Check(Request cell)
        {
            cell.Whole("column", 1, MostColumns);
            cell.Text("text", LongestText);
            cell.Text("expected", LongestText);
            if (cell.Has("date") && (cell.Has("text") || cell.Moment("date").Year < 1904))
            {
                throw new RefusedException("invalid", "date");
            }
        }

        private IDictionary<string, object> WriteRow(int row, IList<Request> wanted)
        {
            var refused = new List<object>();
            var differing = new List<object>();
            var changes = new List<Action>();
            foreach (var cell in wanted)
            {
                var column = cell.Whole("column", 1, MostColumns);
                var there = sheet.Cell(row, column);
                // A cell without a value is compared only.
                var writes = cell.Has("text") || cell.Has("date");
                if (writes && IsThere(there, cell))
                {
                    continue;
                }
                if (cell.Has("expected") && !there.Says(cell.Text("expected", LongestText)))
                {
                    differing.Add(new Dictionary<string, object> { { "column", column }, { "now", there.Shown() } });
                    continue;
                }
                var refusal = writes ? there.Refusal() : null;
                if (refusal != null)
                {
                    refused.Add(new Dictionary<string, object> { { "column", column }, { "now", there.Shown() }, { "reason", refusal } });
                    continue;
                }
                if (writes)
                {
                    changes.Add(Change(there, cell));
                }
            }
            if (differing.Count > 0)
            {
                return Outcome(row, "conflict", differing);
            }
            if (refused.Count > 0)
            {
                return Outcome(row, "refused", refused);
            }
            foreach (var change in changes)
            {
                change();
            }
            return Outcome(row, "written", new List<object>());
        }

        private static bool IsThere(ExcelCell there, Request cell)
        {
            return cell.Has("date") ? there.HasDate(cell.Moment("date")) : there.HasText(Lines(cell));
        }

        private static Action Change(ExcelCell there, Request cell)
        {
            return delegate
            {
                if (cell.Has("date"))
                {
                    there.PutDate(cell.Moment("date"));
                }
                else
                {
                    there.PutText(Lines(cell));
                }
            };
        }

        // A cell's lines end as Excel's do.
        private static string Lines(Request cell)
        {
            return cell.Text("text", LongestText).Replace("\r\n", "\n").Replace('\r', '\n');
        }

        private static IDictionary<string, object> Outcome(int row, string kind, IList<object> cells)
        {
            return new Dictionary<string, object> { { "row", row }, { "kind", kind }, { "cells", cells } };
        }
    }
}
