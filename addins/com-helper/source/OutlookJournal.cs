using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Microsoft.CSharp.RuntimeBinder;

namespace Offhook.ComHelper
{
    /// <summary>
    /// Writes a call as a journal entry or a task of classic Outlook, once: the item keeps Offhook's id of the call, and is
    /// looked for by that where nobody remembers its own.
    /// </summary>
    internal sealed class OutlookJournal
    {
        private const int TaskItem = 3;
        private const int JournalItem = 4;
        private const int JournalFolder = 11;
        private const int TasksFolder = 13;
        private const int TextProperty = 1;
        private const int LanguageOfWindows = 2;
        private const int Russian = 0x0419;

        private const string IdName = "OffhookCall";
        // Where user properties are (PS_PUBLIC_STRINGS), so that the folder's columns need not know them.
        private const string IdColumn = "http://schemas.microsoft.com/mapi/string/{00020329-0000-0000-C000-000000000046}/" + IdName;

        private readonly OutlookFolders outlook;
        private readonly BusyRetry retry;

        public OutlookJournal(object application, BusyRetry retry)
        {
            outlook = new OutlookFolders(application, retry);
            this.retry = retry;
        }

        /// <returns>Ids of the item and its store.</returns>
        public IDictionary<string, object> Write(CallItem call)
        {
            var folder = Folder(call.IsTask);
            var known = Find(call, folder);
            if (known == null && call.EntryId.Length > 0)
            {
                // Somebody deleted it, which is their word: no new one is made against it.
                throw new RefusedException("gone", "the item was deleted in Outlook");
            }
            var item = known ?? Make(call);
            Fill(item, call);
            if (known == null)
            {
                Link(item, call.ContactId);
            }
            dynamic saved = item;
            Do(delegate { saved.Save(); });
            return new Dictionary<string, object>
            {
                { "entryId", retry.Of<string>(delegate { return (string)saved.EntryID; }) },
                { "storeId", retry.Of<string>(delegate { return (string)((dynamic)folder).StoreID; }) },
                { "made", known == null }
            };
        }

        /// <returns>Name of the folder that is written to.</returns>
        public string Check(bool isTask)
        {
            dynamic folder = Folder(isTask);
            return retry.Of<string>(delegate { return (string)folder.Name; });
        }

        private object Folder(bool isTask)
        {
            try
            {
                return outlook.Default(isTask ? TasksFolder : JournalFolder);
            }
            catch (COMException error)
            {
                if (Failure.IsPassing(error))
                {
                    throw;
                }
                throw new RefusedException("nofolder", isTask ? "Outlook has no tasks" : "Outlook has no journal");
            }
        }

        private object Find(CallItem call, object folder)
        {
            var known = call.EntryId.Length > 0 ? outlook.ItemOrNull(call.EntryId, call.StoreId) : null;
            if (known != null)
            {
                return known;
            }
            dynamic items = retry.Of<object>(delegate { return (object)((dynamic)folder).Items; });
            return retry.Of<object>(delegate { return (object)items.Find("@SQL=\"" + IdColumn + "\" = '" + call.CallId + "'"); });
        }

        private object Make(CallItem call)
        {
            dynamic made = retry.Of<object>(delegate
            {
                return (object)outlook.Application.CreateItem(call.IsTask ? TaskItem : JournalItem);
            });
            dynamic properties = retry.Of<object>(delegate { return (object)made.UserProperties; });
            dynamic id = retry.Of<object>(delegate { return (object)properties.Add(IdName, TextProperty, false); });
            Do(delegate { id.Value = call.CallId; });
            return made;
        }

        private void Fill(object item, CallItem call)
        {
            dynamic filled = item;
            Do(delegate { filled.Subject = call.Subject; });
            Do(delegate { filled.Body = call.Body; });
            Do(delegate { filled.Companies = call.Firm; });
            if (call.IsTask)
            {
                Do(delegate { filled.StartDate = call.Start.Date; });
                Do(delegate { filled.DueDate = call.Start.Date; });
                Do(delegate { filled.ActualWork = call.Minutes; });
                return;
            }
            var type = CallType();
            Do(delegate { filled.Type = type; });
            Do(delegate { filled.Start = call.Start; });
            Do(delegate { filled.Duration = call.Minutes; });
        }

        // As Outlook itself calls it in the list of types; another word would be a type of its own there.
        private string CallType()
        {
            var language = Attempt(delegate { return (int)outlook.Application.LanguageSettings.LanguageID[LanguageOfWindows]; });
            return Equals(language, Russian) ? "Телефонный звонок" : "Phone call";
        }

        // Newer versions have no links between items any more: the entry is as good without.
        private void Link(object item, string contactId)
        {
            var contact = contactId.Length > 0 ? outlook.ItemOrNull(contactId, "") : null;
            if (contact != null)
            {
                Attempt(delegate { return ((dynamic)item).Links.Add((dynamic)contact); });
            }
        }

        private object Attempt(Func<object> ask)
        {
            try
            {
                return retry.Of<object>(ask);
            }
            catch (RuntimeBinderException)
            {
                return null;
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
