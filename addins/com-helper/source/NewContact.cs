using System;
using System.Collections.Generic;

namespace Offhook.ComHelper
{
    /// <summary>A contact that Offhook puts into classic Outlook, saved at once or shown for the user to look over.</summary>
    internal sealed class NewContact
    {
        private const int LongestText = 10000;
        private const int ContactItem = 2;
        private const string Other = "other";

        // Where numbers of a kind go, in this order; what is left goes to the others, then to the note.
        private static readonly Dictionary<string, string[]> Places = new Dictionary<string, string[]>
        {
            { "mobile", new[] { "MobileTelephoneNumber" } },
            { "work", new[] { "BusinessTelephoneNumber", "Business2TelephoneNumber" } },
            { "main", new[] { "CompanyMainTelephoneNumber", "PrimaryTelephoneNumber" } },
            { "home", new[] { "HomeTelephoneNumber", "Home2TelephoneNumber" } },
            { "assistant", new[] { "AssistantTelephoneNumber" } },
            { "fax", new[] { "BusinessFaxNumber" } },
            { Other, new[] { "OtherTelephoneNumber", "CallbackTelephoneNumber", "CarTelephoneNumber", "RadioTelephoneNumber" } }
        };

        private static readonly string[] Addresses = { "Email1Address", "Email2Address", "Email3Address" };

        private readonly OutlookFolders outlook;
        private readonly BusyRetry retry;

        public NewContact(object application, BusyRetry retry)
        {
            outlook = new OutlookFolders(application, retry);
            this.retry = retry;
        }

        /// <returns>Ids of the contact and its store; empty where the user is still to save it.</returns>
        public IDictionary<string, object> Create(Request request)
        {
            var fields = Fields(request);
            dynamic folder = outlook.Chosen(request.Texts("folders", 1000))[0].Value;
            dynamic items = retry.Of<object>(delegate { return (object)folder.Items; });
            dynamic contact = retry.Of<object>(delegate { return (object)items.Add(ContactItem); });
            foreach (var field in fields)
            {
                var value = field;
                if (value.Value.Length > 0)
                {
                    Do(delegate { LateBound.Set(contact, value.Key, value.Value); });
                }
            }
            var shown = request.Flag("display");
            Do(delegate
            {
                if (shown)
                {
                    contact.Display(false);
                }
                else
                {
                    contact.Save();
                }
            });
            return new Dictionary<string, object>
            {
                { "entryId", shown ? "" : retry.Of<string>(delegate { return (string)contact.EntryID; }) },
                { "storeId", shown ? "" : retry.Of<string>(delegate { return (string)folder.StoreID; }) }
            };
        }

        private static IDictionary<string, string> Fields(Request request)
        {
            var fields = new Dictionary<string, string>
            {
                { "FullName", request.Needed("name", 255) },
                { "CompanyName", request.Text("firm", 255) },
                { "JobTitle", request.Text("role", 255) },
                { "Department", request.Text("department", 255) }
            };
            var left = new List<string>();
            foreach (var number in request.Several("numbers", 30))
            {
                var text = number.Needed("text", 128);
                if (!Place(fields, number.Text("label", 60), text))
                {
                    left.Add(number.Text("label", 60) + ": " + text);
                }
            }
            Spread(fields, Addresses, request.Texts("emails", 20), left);
            Spread(fields, new[] { "WebPage" }, request.Texts("links", 20), left);
            var note = request.Text("note", LongestText);
            if (note.Length > 0)
            {
                left.Insert(0, note);
            }
            fields["Body"] = string.Join("\r\n", left.ToArray());
            return fields;
        }

        private static bool Place(IDictionary<string, string> fields, string label, string text)
        {
            foreach (var kind in new[] { Places.ContainsKey(label) ? label : Other, Other })
            {
                foreach (var name in Places[kind])
                {
                    if (!fields.ContainsKey(name))
                    {
                        fields[name] = text;
                        return true;
                    }
                }
            }
            return false;
        }

        private static void Spread(IDictionary<string, string> fields, string[] names, IList<string> texts, List<string> left)
        {
            for (var index = 0; index < texts.Count; index++)
            {
                if (index < names.Length)
                {
                    fields[names[index]] = texts[index];
                }
                else
                {
                    left.Add(texts[index]);
                }
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
