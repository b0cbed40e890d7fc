using System;
using System.Collections.Generic;
using System.Globalization;

namespace Offhook.ComHelper
{
    /// <summary>What is asked for, checked: whatever is not as README.md says is refused before Office hears of it.</summary>
    public sealed class Request
    {
        private const int MostColumns = 16384;

        private readonly IDictionary<string, object> values;

        public Request(IDictionary<string, object> values)
        {
            this.values = values;
        }

        public static Request Of(object json)
        {
            var values = json as IDictionary<string, object>;
            if (values == null)
            {
                throw new RefusedException("invalid", "no object");
            }
            return new Request(values);
        }

        public bool Has(string name)
        {
            object value;
            return values.TryGetValue(name, out value) && value != null;
        }

        /// <returns>Empty where it is left out.</returns>
        public string Text(string name, int longest)
        {
            object value;
            if (!values.TryGetValue(name, out value) || value == null)
            {
                return "";
            }
            var text = value as string;
            if (text == null || text.Length > longest)
            {
                throw new RefusedException("invalid", name);
            }
            return text;
        }

        public string Needed(string name, int longest)
        {
            var text = Text(name, longest);
            if (text.Length == 0)
            {
                throw new RefusedException("invalid", "no " + name);
            }
            return text;
        }

        public int Whole(string name, int least, int most)
        {
            object value;
            if (!values.TryGetValue(name, out value) || !(value is int) || (int)value < least || (int)value > most)
            {
                throw new RefusedException("invalid", name);
            }
            return (int)value;
        }

        public int Whole(string name, int least, int most, int otherwise)
        {
            return Has(name) ? Whole(name, least, most) : otherwise;
        }

        public bool Flag(string name)
        {
            object value;
            return values.TryGetValue(name, out value) && value is bool && (bool)value;
        }

        /// <summary>Local time, "2026-11-26T14:05:00" or a day, "2026-11-26".</summary>
        public DateTime Moment(string name)
        {
            DateTime moment;
            var formats = new[] { "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd" };
            if (!DateTime.TryParseExact(Text(name, 40), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment))
            {
                throw new RefusedException("invalid", name);
            }
            return moment;
        }

        public IList<Request> Several(string name, int most)
        {
            var found = new List<Request>();
            foreach (var item in List(name, most))
            {
                found.Add(Of(item));
            }
            return found;
        }

        public IList<string> Texts(string name, int most)
        {
            var found = new List<string>();
            foreach (var item in List(name, most))
            {
                if (!(item is string))
                {
                    throw new RefusedException("invalid", name);
                }
                found.Add((string)item);
            }
            return found;
        }

        /// <summary>Columns of a sheet, counted from 1.</summary>
        public IList<int> Columns(string name)
        {
            var found = new List<int>();
            foreach (var item in List(name, MostColumns))
            {
                if (!(item is int) || (int)item < 1 || (int)item > MostColumns)
                {
                    throw new RefusedException("invalid", name);
                }
                found.Add((int)item);
            }
            return found;
        }

        private object[] List(string name, int most)
        {
            object value;
            if (!values.TryGetValue(name, out value) || value == null)
            {
                return new object[0];
            }
            var list = value as object[];
            if (list == null || list.Length > most)
            {
                throw new RefusedException("invalid", name);
            }
            return list;
        }
    }
}
