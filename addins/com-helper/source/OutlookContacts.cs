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
        private const int ContactsFolder = 10;
        private const int ContactItems = 2;
        private const int RowsAtOnce = 200;
        private const string OnlyContacts = "@SQL=\"http://schemas.microsoft.com/mapi/proptag/0x001A001F\" LIKE 'IPM.Contact%'";
        private const string Modified = "LastModificationTime";

        private readonly object application;
        private readonly BusyRetry retry;

        public OutlookContacts(object application, BusyRetry retry)
        {
            this.application = application;
            this.retry = retry;
        }

        private dynamic Session
        {
            get { return ((dynamic)application).Session; }
        }

        /// <summary>Paths of every folder of contacts, e.g. "Ivan\Contacts\Customers".</summary>
        public IList<string> Folders()
        {
            var found = new List<string>();
            Walk(delegate(string path, object folder) { found.Add(path); });
            return found;
        }

        /// <summary>Changes when any contact is added, changed or deleted; reads two columns only.</summary>
        public string Stamp(IList<string> folders)
        {
            var lines = new List<string>();
            foreach (var folder in Chosen(folders))
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
            foreach (var folder in Chosen(folders))
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
            dynamic item = retry.Of<object>(delegate { return Session.GetItemFromID(entryId, storeId); });
            retry.Of<object>(delegate
            {
                item.Display(false);
                return null;
            });
        }

        private IList<KeyValuePair<string, object>> Chosen(IList<string> wanted)
        {
            var chosen = new List<KeyValuePair<string, object>>();
            if (wanted.Count == 0)
            {
                dynamic main = retry.Of<object>(delegate { return Session.GetDefaultFolder(ContactsFolder); });
                chosen.Add(new KeyValuePair<string, object>(retry.Of<string>(delegate { return (string)main.Name; }), main));
                return chosen;
            }
            Walk(delegate(string path, object folder)
            {
                if (wanted.Contains(path))
                {
                    chosen.Add(new KeyValuePair<string, object>(path, folder));
                }
            });
            // One that is gone must not make its contacts look deleted.
            if (chosen.Count < wanted.Count)
            {
                throw new InvalidOperationException("a folder is not there any more");
            }
            return chosen;
        }

        private void Walk(Action<string, object> meet)
        {
            dynamic roots = retry.Of<object>(delegate { return Session.Folders; });
            WalkInto(roots, "", meet, 0);
        }

        private void WalkInto(dynamic folders, string parent, Action<string, object> meet, int depth)
        {
            var count = retry.Of<int>(delegate { return (int)folders.Count; });
            for (var index = 1; index <= count && depth < 20; index++)
            {
                var place = index;
                dynamic folder = retry.Of<object>(delegate { return folders.Item(place); });
                var path = parent + retry.Of<string>(delegate { return (string)folder.Name; });
                if (retry.Of<int>(delegate { return (int)folder.DefaultItemType; }) == ContactItems)
                {
                    meet(path, folder);
                }
                WalkInto(retry.Of<object>(delegate { return folder.Folders; }), path + "\\", meet, depth + 1);
            }
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
