using System;
using System.Collections.Generic;

namespace Offhook.ComHelper
{
    /// <summary>What is selected in Outlook's window, or open in it: contacts with their numbers, or a message.</summary>
    internal sealed class OutlookSelection
    {
        private const int ExplorerWindow = 34;
        private const int Contact = 40;
        private const int MostItems = 10;
        private const int LongestText = 20000;

        private static readonly string[,] Numbers =
        {
            { "MobileTelephoneNumber", "mobile" },
            { "BusinessTelephoneNumber", "work" },
            { "Business2TelephoneNumber", "work" },
            { "CompanyMainTelephoneNumber", "main" },
            { "PrimaryTelephoneNumber", "main" },
            { "HomeTelephoneNumber", "home" },
            { "Home2TelephoneNumber", "home" },
            { "CallbackTelephoneNumber", "other" },
            { "CarTelephoneNumber", "other" },
            { "OtherTelephoneNumber", "other" },
            { "AssistantTelephoneNumber", "assistant" }
        };

        private readonly object application;
        private readonly BusyRetry retry;

        public OutlookSelection(object application, BusyRetry retry)
        {
            this.application = application;
            this.retry = retry;
        }

        public IDictionary<string, object> Read()
        {
            var items = Items();
            var contacts = items.FindAll(delegate(object item) { return ClassOf(item) == Contact; });
            if (contacts.Count > 0)
            {
                return Contacts(contacts);
            }
            return items.Count > 0 ? Message(items[0]) : Nothing();
        }

        public static IDictionary<string, object> Nothing()
        {
            return Reply("none", "", "");
        }

        private List<object> Items()
        {
            var found = new List<object>();
            dynamic window = retry.Of<object>(delegate { return (object)((dynamic)application).ActiveWindow(); });
            if (window == null)
            {
                return found;
            }
            if (ClassOf((object)window) != ExplorerWindow)
            {
                found.Add(retry.Of<object>(delegate { return (object)window.CurrentItem; }));
                return found;
            }
            dynamic selection = retry.Of<object>(delegate { return (object)window.Selection; });
            var count = retry.Of<int>(delegate { return (int)selection.Count; });
            for (var index = 1; index <= Math.Min(count, MostItems); index++)
            {
                var place = index;
                found.Add(retry.Of<object>(delegate { return (object)selection[place]; }));
            }
            return found;
        }

        private IDictionary<string, object> Contacts(IList<object> contacts)
        {
            var lines = new List<string>();
            var name = "";
            foreach (var contact in contacts)
            {
                if (name.Length == 0)
                {
                    name = Text(contact, "FullName", 255);
                }
                for (var index = 0; index < Numbers.GetLength(0); index++)
                {
                    var number = Text(contact, Numbers[index, 0], 128);
                    if (number.Length > 0)
                    {
                        lines.Add(Numbers[index, 1] + ": " + number);
                    }
                }
            }
            return Reply("contact", string.Join("\n", lines.ToArray()), name);
        }

        private IDictionary<string, object> Message(object item)
        {
            var parts = new List<string> { Text(item, "Subject", 1000), Text(item, "Body", LongestText) };
            return Reply("message", string.Join("\n", parts.ToArray()).Trim(), Text(item, "SenderName", 255));
        }

        private int ClassOf(object thing)
        {
            return retry.Of<int>(delegate { return (int)((dynamic)thing).Class; });
        }

        // Not every kind of item has every property, and some are kept from programs.
        private string Text(object item, string name, int longest)
        {
            try
            {
                var value = retry.Of<object>(delegate { return LateBound.Get(item, name); }) as string ?? "";
                return value.Substring(0, Math.Min(value.Length, longest));
            }
            catch (Exception error)
            {
                if (Failure.IsPassing(error) || !LateBound.IsRefusal(error))
                {
                    throw;
                }
                return "";
            }
        }

        private static IDictionary<string, object> Reply(string kind, string text, string name)
        {
            return new Dictionary<string, object> { { "kind", kind }, { "text", text }, { "name", name } };
        }
    }
}
