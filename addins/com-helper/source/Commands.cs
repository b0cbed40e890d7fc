using System;
using System.Collections.Generic;
using System.Web.Script.Serialization;

namespace Offhook.ComHelper
{
    /// <summary>What may be asked for, and how failures are told: never by an exception that ends the process.</summary>
    public sealed class Commands
    {
        private const int LongestPath = 4096;
        private const int LongestName = 1000;
        private const int MostFolders = 1000;
        private const int MostRows = 1048576;
        // A thousand cells, most of them short.
        private const int LongestRequest = 8000000;

        private readonly IOfficeSource office;
        private readonly BusyRetry retry;
        private readonly ReplyWriter replies;
        private readonly JavaScriptSerializer json = new JavaScriptSerializer { MaxJsonLength = LongestRequest };

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
                var request = Request.Of(json.DeserializeObject(line));
                var reply = Carry(request.Needed("command", LongestName), request);
                reply["done"] = true;
                replies.Write(reply);
            }
            catch (Exception error)
            {
                replies.Write(new Dictionary<string, object> { { "error", Failure.CodeOf(error) }, { "detail", Failure.DetailOf(error) } });
            }
        }

        private IDictionary<string, object> Carry(string command, Request request)
        {
            if (DesktopCommands.Knows(command))
            {
                return DesktopCommands.Answer(command, request);
            }
            switch (command)
            {
                case "ping":
                    return Nothing();
                case "folders":
                    return Reply("folders", Contacts().Folders());
                case "stamp":
                    return Reply("stamp", Contacts().Stamp(request.Texts("folders", MostFolders)));
                case "contacts":
                    return Reply("count", ReadContacts(request));
                case "open":
                    Contacts().Open(request.Needed("entryId", LongestPath), request.Text("storeId", LongestPath));
                    return Nothing();
                case "row":
                    ShowRow(request);
                    return Nothing();
                case "workbook":
                    return Reply("sheets", ExcelSheet.Names(Book(request), retry));
                case "rows":
                    return Reply("count", ReadRows(request));
                case "cells":
                    return Reply("outcomes", new ExcelCells(Book(request), SheetName(request), retry).Write(request));
                case "selection":
                    return Selection(request.Whole("window", int.MinValue, int.MaxValue, 0));
                case "journal":
                    return Journal().Write(new CallItem(request));
                case "journalfolder":
                    return Reply("name", Journal().Check(request.Text("kind", 20) == "task"));
                case "createcontact":
                    return new NewContact(office.Outlook(), retry).Create(request);
                default:
                    throw new RefusedException("invalid", "no such command");
            }
        }

        private OutlookContacts Contacts()
        {
            return new OutlookContacts(office.Outlook(), retry);
        }

        private OutlookJournal Journal()
        {
            return new OutlookJournal(office.Outlook(), retry);
        }

        private IDictionary<string, object> Selection(int window)
        {
            var front = retry.Of<OfficeWindow>(delegate { return office.Window(window); });
            switch (front.Kind)
            {
                case "excel":
                    return new ExcelSelection(front.Application, retry).Read();
                case "outlook":
                    return new OutlookSelection(front.Application, retry).Read();
                default:
                    return OutlookSelection.Nothing();
            }
        }

        private int ReadContacts(Request request)
        {
            var limit = request.Whole("limit", 0, int.MaxValue, int.MaxValue);
            return Contacts().Read(request.Texts("folders", MostFolders), limit, delegate(IDictionary<string, object> contact)
            {
                replies.Write(new Dictionary<string, object> { { "contact", contact } });
            });
        }

        private void ShowRow(Request request)
        {
            var row = request.Whole("row", 1, int.MaxValue);
            new ExcelRow(office.Excel(), retry).Show(request.Needed("file", LongestPath), SheetName(request), row);
        }

        private int ReadRows(Request request)
        {
            var rows = new ExcelRows(Book(request), SheetName(request), retry);
            int first = request.Whole("from", 1, MostRows, 1), last = request.Whole("to", 1, MostRows, MostRows);
            return rows.Read(request.Columns("columns"), first, last, delegate(int from, IList<object> texts)
            {
                replies.Write(new Dictionary<string, object> { { "from", from }, { "rows", texts } });
            });
        }

        private object Book(Request request)
        {
            var file = request.Needed("file", LongestPath);
            return retry.Of<object>(delegate { return office.OpenWorkbook(file); });
        }

        private static string SheetName(Request request)
        {
            return request.Text("sheet", LongestName);
        }

        private static IDictionary<string, object> Nothing()
        {
            return new Dictionary<string, object>();
        }

        private static IDictionary<string, object> Reply(string name, object value)
        {
            return new Dictionary<string, object> { { name, value } };
        }
    }
}
