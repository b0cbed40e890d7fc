using System;
using System.Text.RegularExpressions;

namespace Offhook.ComHelper
{
    /// <summary>One cell of a workbook that is open in Excel: what it says, and a value put into it that stays what it is.</summary>
    internal sealed class ExcelCell
    {
        // Built into every workbook, and shown as the user's own short date.
        private const string Day = "m/d/yyyy";
        private const string DayAndTime = "m/d/yyyy h:mm";

        private readonly object range;
        private readonly object above;
        private readonly bool date1904;
        private readonly BusyRetry retry;

        /// <param name="above">The cell over it, whose format a new date takes; null in the first row.</param>
        public ExcelCell(object range, object above, bool date1904, BusyRetry retry)
        {
            this.range = range;
            this.above = above;
            this.date1904 = date1904;
            this.retry = retry;
        }

        private dynamic Range
        {
            get { return range; }
        }

        /// <returns>Null when it can be written to.</returns>
        public string Refusal()
        {
            if (retry.Of<bool>(delegate { return Equals(Range.HasFormula, true) || Equals(Range.HasArray, true); }))
            {
                return "formula";
            }
            // Behind the first cell of merged ones a value would be there and never be seen.
            return retry.Of<bool>(delegate
            {
                if (!Equals(Range.MergeCells, true))
                {
                    return false;
                }
                dynamic first = Range.MergeArea.Cells[1, 1];
                return (int)first.Row != (int)Range.Row || (int)first.Column != (int)Range.Column;
            }) ? "merged" : null;
        }

        /// <summary>As Offhook reads it in files, however narrow the column is.</summary>
        public string Shown()
        {
            var value = Value();
            if (value is double)
            {
                return ShownNumber.Of((double)value, Format(range), date1904);
            }
            if (value is bool)
            {
                return (bool)value ? "TRUE" : "FALSE";
            }
            // An error comes as a number of its own; what it is called is on the screen.
            return value == null ? "" : value as string ?? retry.Of<string>(delegate { return (string)Range.Text; });
        }

        public bool Says(string expected)
        {
            var wanted = Words(expected);
            return Words(Shown()) == wanted || Words(retry.Of<string>(delegate { return (string)Range.Text; })) == wanted;
        }

        public bool HasText(string text)
        {
            var value = Value();
            return text.Length == 0 ? value == null : text.Equals(value as string, StringComparison.Ordinal);
        }

        public bool HasDate(DateTime moment)
        {
            var value = Value();
            // Half a second, since a day's fraction is not exact.
            return value is double && Math.Abs((double)value - ShownNumber.Serial(moment, date1904)) < 0.5 / 86400 && ShownNumber.IsDay(Format(range));
        }

        /// <summary>Text stays text: what Excel could take for a formula, a number or a date goes in behind an apostrophe.</summary>
        public void PutText(string text)
        {
            if (text.Length == 0)
            {
                Put(null);
            }
            else if (Format(range) == "@" && text[0] != '\'')
            {
                Put(text);
            }
            else if (!char.IsLetter(text[0]) || Regex.IsMatch(text, "[0-9]"))
            {
                Put("'" + text);
            }
            else
            {
                Put(text);
                // A word such as TRUE, in the language of this Excel.
                if (!HasText(text))
                {
                    Put("'" + text);
                }
            }
        }

        public void PutDate(DateTime moment)
        {
            if (!ShownNumber.IsDay(Format(range)))
            {
                var usual = above == null ? "" : Format(above);
                var format = ShownNumber.IsDay(usual) ? usual : moment.TimeOfDay == TimeSpan.Zero ? Day : DayAndTime;
                retry.Of<object>(delegate { return Range.NumberFormat = format; });
            }
            Put(ShownNumber.Serial(moment, date1904));
        }

        private void Put(object value)
        {
            retry.Of<object>(delegate
            {
                Range.Value2 = value;
                return null;
            });
        }

        private object Value()
        {
            return retry.Of<object>(delegate { return (object)Range.Value2; });
        }

        private string Format(object cell)
        {
            return retry.Of<string>(delegate { return ((object)((dynamic)cell).NumberFormat) as string; }) ?? "";
        }

        private static string Words(string text)
        {
            return Regex.Replace(text ?? "", "\\s+", " ").Trim();
        }
    }
}
