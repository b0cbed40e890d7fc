using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Offhook.ComHelper
{
    /// <summary>
    /// What a number of a cell says, as Offhook reads it in files (core/contacts/directories/sheets/workbook/shown-number.ts):
    /// days as ISO dates, everything else as short as it is exact.
    /// </summary>
    public static class ShownNumber
    {
        private const int LongestCode = 1000;
        private const double LastDay = 2958465;
        private const int Days1904 = 1462;

        /// <param name="code">The cell's NumberFormat, which is the same in every language of Excel.</param>
        public static string Of(double value, string code, bool date1904)
        {
            var section = (code ?? "").Substring(0, Math.Min((code ?? "").Length, LongestCode)).Split(';')[0];
            var bare = Bare(section);
            var day = HasDay(bare);
            var hour = HasHour(bare);
            var digits = Plain(value);
            if (day || hour)
            {
                if (value < 0 || value > LastDay)
                {
                    return digits;
                }
                return !day || value < 1 ? Clock(value) : Moment(value, hour, date1904);
            }
            if (bare.IndexOf('%') >= 0)
            {
                return Plain(value * 100) + "%";
            }
            var mask = Mask(section);
            return mask != null && Regex.IsMatch(digits, "^[0-9]+$") ? Masked(digits, mask) : digits;
        }

        /// <summary>Whether a number of this format is shown as a day.</summary>
        public static bool IsDay(string code)
        {
            return HasDay(Bare((code ?? "").Split(';')[0]));
        }

        /// <summary>Days of the workbook's own calendar.</summary>
        public static double Serial(DateTime moment, bool date1904)
        {
            return moment.ToOADate() - (date1904 ? Days1904 : 0);
        }

        public static string Plain(double value)
        {
            var rounded = double.Parse(value.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            return Math.Floor(rounded) == rounded && Math.Abs(rounded) < 1e28
                ? ((decimal)rounded).ToString("0", CultureInfo.InvariantCulture)
                : rounded.ToString("G15", CultureInfo.InvariantCulture);
        }

        private static string Bare(string section)
        {
            var text = Regex.Replace(section, "\"[^\"]*\"|\\\\.|_.|\\*.", "");
            text = Regex.Replace(text, "\\[(?!h+\\]|m+\\]|s+\\])[^\\]]*\\]", "", RegexOptions.IgnoreCase);
            return Regex.Replace(text, "general|am/pm|a/p", "", RegexOptions.IgnoreCase);
        }

        private static bool HasHour(string bare)
        {
            return Regex.IsMatch(bare, "[hs]", RegexOptions.IgnoreCase);
        }

        private static bool HasDay(string bare)
        {
            return Regex.IsMatch(bare, "[yd]", RegexOptions.IgnoreCase)
                || (Regex.IsMatch(bare, "m", RegexOptions.IgnoreCase) && !HasHour(bare));
        }

        private static string Clock(double value)
        {
            var seconds = (long)Math.Round(value * 86400, MidpointRounding.AwayFromZero);
            var rest = seconds % 60;
            return (seconds / 3600).ToString("00") + ":" + (seconds / 60 % 60).ToString("00") + (rest == 0 ? "" : ":" + rest.ToString("00"));
        }

        private static string Moment(double value, bool withTime, bool date1904)
        {
            var minutes = withTime ? Math.Round(value * 1440, MidpointRounding.AwayFromZero) : Math.Floor(value) * 1440;
            var day = Math.Floor(minutes / 1440);
            // The 29 February 1900, which never was.
            var real = date1904 ? day + Days1904 : day >= 60 ? day : day + 1;
            var moment = new DateTime(1899, 12, 30).AddDays(real).AddMinutes(minutes - day * 1440);
            return moment.ToString(minutes == day * 1440 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        }

        /// <returns>Null for a format that sets no digits into a pattern.</returns>
        private static string Mask(string section)
        {
            var pattern = Regex.Replace(section, "\\[[^\\]]*\\]|_.|\\*.", "");
            pattern = Regex.Replace(pattern, "\"([^\"]*)\"|\\\\(.)", "$1$2");
            var places = Regex.IsMatch(section, "\"[^\"]*[0#][^\"]*\"|\\\\[0#]");
            var mask = Regex.IsMatch(pattern, "^[0-9\\s()+#-]*$") && Regex.IsMatch(pattern, "0{2}|[0-9].*0");
            return mask && !places ? pattern : null;
        }

        private static string Masked(string digits, string pattern)
        {
            var text = new StringBuilder();
            var left = digits.Length;
            for (var at = pattern.Length - 1; at >= 0; at--)
            {
                if (pattern[at] != '0' && pattern[at] != '#')
                {
                    text.Insert(0, pattern[at]);
                }
                else if (left > 0 || pattern[at] == '0')
                {
                    text.Insert(0, left > 0 ? digits[left - 1] : '0');
                    left = Math.Max(0, left - 1);
                }
            }
            return digits.Substring(0, left) + text;
        }
    }
}
