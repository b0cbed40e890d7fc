using System;
using System.Collections.Generic;
using System.Web.Script.Serialization;

namespace Offhook.ComHelper
{
    /// <summary>What may be asked for, and how failures are told: never by an exception that ends the process.</summary>
    public sealed class Commands
    {
        private readonly IOfficeSource office;
        private readonly BusyRetry retry;
        private readonly ReplyWriter replies;
        private readonly JavaScriptSerializer json = new JavaScriptSerializer();

        public Commands(IOfficeSource office, BusyRetry retry, ReplyWriter replies)
        {
            this.office = office;
            this.retry = retry;
            this.replies = replies;
        }

        public void Answer(string line)
        {
            try
            {
                var request = json.DeserializeObject(line) as IDictionary<string, object>;
                if (request == null)
                {
                    throw new ArgumentException("a request is an object");
                }
                replies.Write(Carry(request));
            }
            catch (Exception error)
            {
                replies.Write(new Dictionary<string, object> { { "error", Failure.CodeOf(error) }, { "detail", Failure.DetailOf(error) } });
            }
        }

        private IDictionary<string, object> Carry(IDictionary<string, object> request)
        {
            var command = Text(request, "command");
            if (DesktopCommands.Knows(command))
            {
                return DesktopCommands.Answer(command, request);
            }
            if (command == "ping")
            {
                return new Dictionary<string, object> { { "done", true } };
            }
            if (command == "row")
            {
                new ExcelRow(office.Excel(), retry).Show(Text(request, "file"), Text(request, "sheet"), Number(request, "row"));
                return new Dictionary<string, object> { { "done", true } };
            }
            var contacts = new OutlookContacts(office.Outlook(), retry);
            switch (command)
            {
                case "folders":
                    return new Dictionary<string, object> { { "done", true }, { "folders", contacts.Folders() } };
                case "stamp":
                    return new Dictionary<string, object> { { "done", true }, { "stamp", contacts.Stamp(Texts(request, "folders")) } };
                case "contacts":
                    var count = contacts.Read(Texts(request, "folders"), Number(request, "limit"), delegate(IDictionary<string, object> contact)
                    {
                        replies.Write(new Dictionary<string, object> { { "contact", contact } });
                    });
                    return new Dictionary<string, object> { { "done", true }, { "count", count } };
                case "open":
                    contacts.Open(Text(request, "entryId"), Text(request, "storeId"));
                    return new Dictionary<string, object> { { "done", true } };
                default:
                    throw new ArgumentException("no command " + command);
            }
        }

        private static string Text(IDictionary<string, object> request, string name)
        {
            object value;
            return request.TryGetValue(name, out value) && value is string ? (string)value : "";
        }

        private static int Number(IDictionary<string, object> request, string name)
        {
            object value;
            return request.TryGetValue(name, out value) && value is int ? (int)value : int.MaxValue;
        }

        private static IList<string> Texts(IDictionary<string, object> request, string name)
        {
            object value;
            var found = new List<string>();
            if (request.TryGetValue(name, out value) && value is object[])
            {
                foreach (var item in (object[])value)
                {
                    found.Add(Convert.ToString(item));
                }
            }
            return found;
        }
    }
}
