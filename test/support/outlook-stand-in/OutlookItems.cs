using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Data = System.Collections.Generic.IDictionary<string, object>;

// Items that were made through the helper, kept in a JSON file.
public sealed class OutlookItems
{
    private readonly string file;
    private readonly Data state;

    public readonly Moods Moods;

    public OutlookItems(string file, Moods moods)
    {
        this.file = file;
        Moods = moods;
        state = System.IO.File.Exists(file) ? (Data)Stored.Read(file) : new Dictionary<string, object>();
        if (!state.ContainsKey("items"))
        {
            state["items"] = new object[0];
        }
    }

    public int Language
    {
        get { return state.ContainsKey("language") ? (int)state["language"] : 1033; }
    }

    public bool HasLinks
    {
        get { return state.ContainsKey("links") && (bool)state["links"]; }
    }

    public IList<Data> All
    {
        get { return ((object[])state["items"]).Cast<Data>().ToList(); }
    }

    public ItemFolder Folder(string kind)
    {
        if (state.ContainsKey("without") && (string)state["without"] == kind)
        {
            throw new COMException("The folder is not there.", unchecked((int)0x8004010F));
        }
        return new ItemFolder { Name = kind == "task" ? "Задачи" : "Дневник", Items = new ItemsOfKind(this, kind) };
    }

    public StoredItem Make(string folder)
    {
        Moods.Meet();
        return new StoredItem(this, new Dictionary<string, object> { { "folder", folder } });
    }

    public StoredItem Get(string entryId)
    {
        var found = All.FirstOrDefault(item => (string)item["EntryID"] == entryId);
        if (found == null)
        {
            throw new COMException("The item is not there.", unchecked((int)0x8004010F));
        }
        return new StoredItem(this, found);
    }

    public void Keep(Data item)
    {
        if (!item.ContainsKey("EntryID"))
        {
            item["EntryID"] = "I" + (All.Count + 1);
            state["items"] = All.Concat(new[] { item }).ToArray();
        }
        Stored.Write(file, state);
        Moods.Saved();
    }
}

public sealed class ItemFolder
{
    public string Name { get; set; }

    public ItemsOfKind Items { get; set; }

    public string StoreID
    {
        get { return "STORE"; }
    }
}

public sealed class ItemsOfKind
{
    private readonly OutlookItems items;
    private readonly string kind;

    public ItemsOfKind(OutlookItems items, string kind)
    {
        this.items = items;
        this.kind = kind;
    }

    public StoredItem Find(string filter)
    {
        items.Moods.Meet();
        var asked = Regex.Match(filter, "^@SQL=\"http://schemas.microsoft.com/mapi/string/\\{00020329-0000-0000-C000-000000000046\\}/(\\w+)\" = '([^']*)'$");
        if (!asked.Success)
        {
            throw new COMException("Cannot parse condition.", unchecked((int)0x80020009));
        }
        var found = items.All.FirstOrDefault(item => (string)item["folder"] == kind && Equals(Of(item, asked.Groups[1].Value), asked.Groups[2].Value));
        return found == null ? null : new StoredItem(items, found);
    }

    public StoredItem Add(int type)
    {
        return items.Make(kind);
    }

    private static object Of(Data item, string name)
    {
        object value;
        return item.TryGetValue(name, out value) ? value : null;
    }
}

public sealed class StoredItem
{
    private readonly OutlookItems items;
    private readonly Data data;

    public StoredItem(OutlookItems items, Data data)
    {
        this.items = items;
        this.data = data;
    }

    public string EntryID
    {
        get { return (string)data["EntryID"]; }
    }

    public UserProperties UserProperties
    {
        get { return new UserProperties { Data = data }; }
    }

    // Newer versions of Outlook have none.
    public ItemLinks Links
    {
        get
        {
            if (!items.HasLinks)
            {
                throw new COMException("Not supported.", unchecked((int)0x80004001));
            }
            return new ItemLinks { Data = data };
        }
    }

    public string Subject { set { Put("Subject", value); } }
    public string Body { set { Put("Body", value); } }
    public string Companies { set { Put("Companies", value); } }
    public string Type { set { Put("Type", value); } }
    public DateTime Start { set { Put("Start", value.ToString("s")); } }
    public DateTime StartDate { set { Put("StartDate", value.ToString("s")); } }
    public DateTime DueDate { set { Put("DueDate", value.ToString("s")); } }
    public int Duration { set { Put("Duration", value); } }
    public int ActualWork { set { Put("ActualWork", value); } }
    public string FullName { set { Put("FullName", value); } }
    public string CompanyName { set { Put("CompanyName", value); } }
    public string JobTitle { set { Put("JobTitle", value); } }
    public string MobileTelephoneNumber { set { Put("MobileTelephoneNumber", value); } }
    public string BusinessTelephoneNumber { set { Put("BusinessTelephoneNumber", value); } }
    public string Business2TelephoneNumber { set { Put("Business2TelephoneNumber", value); } }
    public string OtherTelephoneNumber { set { Put("OtherTelephoneNumber", value); } }
    public string CallbackTelephoneNumber { set { Put("CallbackTelephoneNumber", value); } }
    public string CarTelephoneNumber { set { Put("CarTelephoneNumber", value); } }
    public string RadioTelephoneNumber { set { Put("RadioTelephoneNumber", value); } }
    public string Email1Address { set { Put("Email1Address", value); } }
    public string WebPage { set { Put("WebPage", value); } }

    public void Save()
    {
        items.Moods.Meet();
        items.Keep(data);
    }

    public void Display(bool modal)
    {
        data["displayed"] = true;
        items.Keep(data);
    }

    private void Put(string name, object value)
    {
        items.Moods.Meet();
        data[name] = value;
    }
}

public sealed class UserProperties
{
    public Data Data;

    public UserProperty Add(string name, int type, bool toFolder)
    {
        return new UserProperty { Data = Data, Name = name };
    }
}

public sealed class UserProperty
{
    public Data Data;
    public string Name;

    public object Value { set { Data[Name] = value; } }
}

public sealed class ItemLinks
{
    public Data Data;

    public object Add(object item)
    {
        Data["linked"] = true;
        return item;
    }
}
