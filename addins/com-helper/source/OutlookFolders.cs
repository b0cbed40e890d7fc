using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Offhook.ComHelper
{
    /// <summary>Folders and items of classic Outlook.</summary>
    internal sealed class OutlookFolders
    {
        private const int ContactsFolder = 10;
        private const int ContactItems = 2;

        private readonly object application;
        private readonly BusyRetry retry;

        public OutlookFolders(object application, BusyRetry retry)
        {
            this.application = application;
            this.retry = retry;
        }

        public dynamic Application
        {
            get { return application; }
        }

        private dynamic Session
        {
            get { return Application.Session; }
        }

        /// <summary>Paths of every folder of contacts.</summary>
        public IList<string> Paths()
        {
            var found = new List<string>();
            Walk(delegate(string path, object folder) { found.Add(path); });
            return found;
        }

        /// <summary>The folders of contacts with these paths, each with its path; the main one for none.</summary>
        public IList<KeyValuePair<string, object>> Chosen(IList<string> wanted)
        {
            var chosen = new List<KeyValuePair<string, object>>();
            if (wanted.Count == 0)
            {
                dynamic main = Default(ContactsFolder);
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

        public object Default(int kind)
        {
            return retry.Of<object>(delegate { return (object)Session.GetDefaultFolder(kind); });
        }

        /// <param name="storeId">May be empty for an item of the main store.</param>
        public object Item(string entryId, string storeId)
        {
            return retry.Of<object>(delegate
            {
                return storeId.Length > 0 ? (object)Session.GetItemFromID(entryId, storeId) : (object)Session.GetItemFromID(entryId);
            });
        }

        /// <returns>Null when it is not there any more.</returns>
        public object ItemOrNull(string entryId, string storeId)
        {
            try
            {
                return Item(entryId, storeId);
            }
            catch (COMException error)
            {
                if (Failure.IsPassing(error))
                {
                    throw;
                }
                return null;
            }
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
    }
}
