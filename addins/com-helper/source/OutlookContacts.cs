using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Offhook.ComHelper
{
    /// <summary>
    /// Contacts of classic Outlook, read as tables: an item is never opened, which would be slow and may ask the user.
    /// Numbers are given as they were typed.
    /// </summary>
    public sealed class OutlookContacts
    {
        private const int RowsAtOnce = 200;
        private const string OnlyContacts = "@SQL=\"http://schemas.microsoft.com/mapi/proptag/0x001A001F\" LIKE 'IPM.Contact%'";
        private const string Modified = "LastModificationTime";

        private readonly OutlookFolders outlook;
        private readonly BusyRetry retry;

        public OutlookContacts(object application, BusyRetry retry)
        {
            outlook = new OutlookFolders(application, retry);
            this.retry = retry;
        }

        /// <summary>Paths of every folder of contacts, e.g. "Ivan\Contacts\Customers".</summary>
        public IList<string> Folders()
        {
            return outlook.Paths();
        }

        /// <summary>Changes when any contact is added, changed or deleted; reads two columns only.</summary>
        public string Stamp(IList<string> folders)
        {
            var lines = new List<string>();
            foreach (var folder in outlook.Chosen(folders))
            {
                Rows(folder.Value, new[] { "EntryID", Modified }, int.MaxValue, delegate(object[] row)
                {
                    lines.Add(Field.Text(row[0]) + " " + Field.Time(row[1]));
                });
            }
            lines.Sort(StringComparer.Ordinal);
            using (var hash = SHA256.Create())
            {
                var bytes = hash.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", lines.ToArray())));
                return BitConverter.ToString(bytes).Replace("-", "").ToLowerInvariant();
            }
        }

        /// <returns>How many were given.</returns>
        public int Read(IList<string> folders, int limit, Action<IDictionary<string, object>> give)
        {
            var count = 0;
            foreach (var folder in outlook.Chosen(folders))
            {
                var path = folder.Key;
                var store = retry.Of<string>(delegate { return (string)((dynamic)folder.Value).StoreID; });
                count += Rows(folder.Value, ContactColumns.Names, limit - count, delegate(object[] row)
                {
                    give(ContactColumns.Read(row, path, store));
                });
            }
            return count;
        }

        public void Open(string entryId, string storeId)
        {
            dynamic item = outlook.Item(entryId, storeId);
            retry.Of<object>(delegate
            {
                item.Display(false);
                return null;
            });
        }

        private int Rows(object folder, string[] columns, int limit, Action<object[]> take)
        {
            dynamic table = retry.Of<object>(delegate { return ((dynamic)folder).GetTable(OnlyContacts, 0); });
            retry.Of<object>(delegate
            {
                table.Columns.RemoveAll();
                return null;
            });
            foreach (var column in columns)
            {
                var name = column;
                retry.Of<object>(delegate { return table.Columns.Add(name); });
            }
            var count = 0;
            while (count < limit && !retry.Of<bool>(delegate { return (bool)table.EndOfTable; }))
            {
                var rows = retry.Of<object[,]>(delegate { return (object[,])table.GetArray(Math.Min(RowsAtOnce, limit - count)); });
                for (var row = rows.GetLowerBound(0); row <= rows.GetUpperBound(0); row++)
                {
                    var values = new object[columns.Length];
                    for (var column = 0; column < columns.Length; column++)
                    {
                        values[column] = rows[row, rows.GetLowerBound(1) + column];
                    }
                    take(values);
                    count++;
                }
            }
            return count;
        }
    }

    internal static class Field
    {
        public static string Text(object value)
        {
            var bytes = value as byte[];
            if (bytes != null)
            {
                return BitConverter.ToString(bytes).Replace("-", "");
            }
            var texts = value as string[];
            if (texts != null)
            {
                return string.Join(", ", texts);
            }
            return value == null ? "" : Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        public static string Time(object value)
        {
            return value is DateTime ? ((DateTime)value).Ticks.ToString(CultureInfo.InvariantCulture) : Text(value);
        }
    }
}
