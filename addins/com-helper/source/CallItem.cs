using System;
using System.Text.RegularExpressions;

namespace Offhook.ComHelper
{
    /// <summary>What is to be written of a call.</summary>
    internal sealed class CallItem
    {
        private const int LongestId = 4096;
        private const int LongestText = 32000;

        public CallItem(Request request)
        {
            var kind = request.Needed("kind", 20);
            if (kind != "journal" && kind != "task")
            {
                throw new RefusedException("invalid", "kind");
            }
            IsTask = kind == "task";
            CallId = request.Needed("callId", 100);
            // It becomes part of a question to Outlook.
            if (!Regex.IsMatch(CallId, "^[A-Za-z0-9_-]+$"))
            {
                throw new RefusedException("invalid", "callId");
            }
            EntryId = request.Text("entryId", LongestId);
            StoreId = request.Text("storeId", LongestId);
            ContactId = request.Text("contactId", LongestId);
            Subject = request.Text("subject", 255);
            Firm = request.Text("firm", 255);
            Body = request.Text("body", LongestText);
            Start = request.Moment("start");
            Minutes = request.Whole("minutes", 0, 100000, 0);
        }

        public bool IsTask { get; private set; }

        /// <summary>Of Offhook's; kept in the item, so that it is found again.</summary>
        public string CallId { get; private set; }

        /// <summary>Of the item, where it is known.</summary>
        public string EntryId { get; private set; }

        public string StoreId { get; private set; }

        /// <summary>Of the contact it belongs to; empty for none.</summary>
        public string ContactId { get; private set; }

        public string Subject { get; private set; }

        public string Firm { get; private set; }

        public string Body { get; private set; }

        public DateTime Start { get; private set; }

        public int Minutes { get; private set; }
    }
}
