using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

// Outlook's folders and contacts, from a JSON file.
public sealed class Application
{
    public Session Session { get; set; }

    public OutlookItems Items { get; set; }

    public Languages LanguageSettings
    {
        get { return new Languages { LanguageID = new LanguageIds { Language = Items.Language } }; }
    }

    public StoredItem CreateItem(int kind)
    {
        return Items.Make(kind == 3 ? "task" : "journal");
    }
}

public sealed class Languages
{
    public LanguageIds LanguageID;
}

public sealed class LanguageIds
{
    public int Language;

    public int this[int which]
    {
        get { return Language; }
    }
}

public sealed class Session
{
    private readonly IList<IDictionary<string, object>> data;
    private readonly Moods moods;
    private readonly string file;
    private readonly OutlookItems items;

    public Session(IList<IDictionary<string, object>> data, Moods moods, string file, OutlookItems items)
    {
        this.data = data;
        this.moods = moods;
        this.file = file;
        this.items = items;
    }

    public Folders Folders
    {
        get
        {
            moods.Meet();
            return new Folders(data, moods, items);
        }
    }

    public object GetDefaultFolder(int kind)
    {
        moods.Meet();
        return kind == 10 ? (object)new Folder(data[0], moods, items) : items.Folder(kind == 13 ? "task" : "journal");
    }

    public object GetItemFromID(string entryId)
    {
        return GetItemFromID(entryId, "STORE");
    }

    public object GetItemFromID(string entryId, string storeId)
    {
        moods.Meet();
        if (entryId.StartsWith("I", StringComparison.Ordinal))
        {
            return items.Get(entryId);
        }
        return new Item { Shown = file, Id = entryId + " " + storeId };
    }
}

public sealed class Item
{
    public string Shown;
    public string Id;

    public void Display(bool modal)
    {
        File.WriteAllText(Shown, Id);
    }
}

public sealed class Folders
{
    private readonly IList<IDictionary<string, object>> data;
    private readonly Moods moods;
    private readonly OutlookItems items;

    public Folders(IList<IDictionary<string, object>> data, Moods moods, OutlookItems items)
    {
        this.data = data;
        this.moods = moods;
        this.items = items;
    }

    public int Count
    {
        get { return data.Count; }
    }

    public Folder Item(int place)
    {
        moods.Meet();
        return new Folder(data[place - 1], moods, items);
    }
}

public sealed class Folder
{
    private readonly IDictionary<string, object> data;
    private readonly Moods moods;
    private readonly OutlookItems items;

    public Folder(IDictionary<string, object> data, Moods moods, OutlookItems items)
    {
        this.data = data;
        this.moods = moods;
        this.items = items;
    }

    public ItemsOfKind Items
    {
        get { return new ItemsOfKind(items, Name); }
    }

    public string Name
    {
        get { return (string)data["name"]; }
    }

    public string StoreID
    {
        get { return "STORE"; }
    }

    public int DefaultItemType
    {
        get { return (int)data["type"]; }
    }

    public Folders Folders
    {
        get { return new Folders(((object[])data["folders"]).Cast<IDictionary<string, object>>().ToList(), moods, items); }
    }

    public Table GetTable(string filter, int contents)
    {
        moods.Meet();
        if (!filter.StartsWith("@SQL=", StringComparison.Ordinal))
        {
            throw new ArgumentException(filter);
        }
        return new Table(((object[])data["contacts"]).Cast<IDictionary<string, object>>().ToList(), moods);
    }
}

public sealed class Table
{
    private readonly IList<IDictionary<string, object>> rows;
    private readonly Moods moods;
    private int next;

    public Table(IList<IDictionary<string, object>> rows, Moods moods)
    {
        this.rows = rows;
        this.moods = moods;
        // A new table has Outlook's own five columns.
        Columns = new Columns { Names = { "EntryID", "Subject", "CreationTime", "LastModificationTime", "MessageClass" } };
    }

    public Columns Columns { get; private set; }

    public bool EndOfTable
    {
        get { return next >= rows.Count; }
    }

    public object[,] GetArray(int most)
    {
        moods.Meet();
        var count = Math.Min(most, rows.Count - next);
        var values = new object[count, Columns.Names.Count];
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < Columns.Names.Count; column++)
            {
                object value;
                rows[next + row].TryGetValue(Columns.Names[column].Split('/').Last(), out value);
                values[row, column] = value is object[] ? ((object[])value).Cast<string>().ToArray() : value;
            }
        }
        next += count;
        return values;
    }
}

public sealed class Columns
{
    public readonly List<string> Names = new List<string>();

    public void RemoveAll()
    {
        Names.Clear();
    }

    public object Add(string name)
    {
        Names.Add(name);
        return name;
    }
}
