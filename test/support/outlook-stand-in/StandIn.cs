using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Web.Script.Serialization;
using Offhook.ComHelper;

// The part of Outlook's object model that the helper uses, filled from a JSON file; rejects calls when it is told to.
public static class StandInProgram
{
    // Arguments: the file of contacts, how many calls are rejected between two that are not, whether it hangs.
    public static int Main(string[] arguments)
    {
        var model = new StandInOutlook(arguments[0], int.Parse(arguments[1]), arguments[2] == "hang");
        return Program.Run(Console.OpenStandardInput(), Console.OpenStandardOutput(), model, new BusyRetry(4, 1));
    }
}

public sealed class StandInOutlook : IOfficeSource
{
    private readonly string file;
    private readonly Moods moods;

    public StandInOutlook(string file, int rejections, bool hangs)
    {
        this.file = file;
        moods = new Moods(rejections, hangs);
    }

    public object Excel()
    {
        return new Excel { Workbooks = new Workbooks(file + ".shown", moods) };
    }

    public object Outlook()
    {
        if (!File.Exists(file))
        {
            throw new OfficeMissingException("Outlook.Application", null);
        }
        var json = new JavaScriptSerializer { MaxJsonLength = int.MaxValue };
        var folders = (object[])json.DeserializeObject(File.ReadAllText(file));
        return new Application { Session = new Session(folders.Cast<IDictionary<string, object>>().ToList(), moods, file) };
    }
}

// A busy Office rejects calls: RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, or its own code.
public sealed class Moods
{
    private static readonly int[] Codes = { unchecked((int)0x80010001), unchecked((int)0x8001010A), unchecked((int)0x800AC472) };
    private readonly int rejections;
    private readonly bool hangs;
    private int left;
    private int calls;

    public Moods(int rejections, bool hangs)
    {
        this.rejections = rejections;
        this.hangs = hangs;
        left = rejections;
    }

    public void Meet()
    {
        calls++;
        if (hangs && calls > 2)
        {
            Thread.Sleep(Timeout.Infinite);
        }
        if (left > 0)
        {
            left--;
            throw new COMException("Call was rejected by callee.", Codes[calls % Codes.Length]);
        }
        left = rejections;
    }
}

public sealed class Application
{
    public Session Session { get; set; }
}

public sealed class Session
{
    private readonly IList<IDictionary<string, object>> data;
    private readonly Moods moods;
    private readonly string file;

    public Session(IList<IDictionary<string, object>> data, Moods moods, string file)
    {
        this.data = data;
        this.moods = moods;
        this.file = file;
    }

    public Folders Folders
    {
        get
        {
            moods.Meet();
            return new Folders(data, moods);
        }
    }

    public Folder GetDefaultFolder(int kind)
    {
        moods.Meet();
        return new Folder(data[0], moods);
    }

    public Item GetItemFromID(string entryId, string storeId)
    {
        moods.Meet();
        return new Item { Shown = file + ".shown", Id = entryId + " " + storeId };
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

    public Folders(IList<IDictionary<string, object>> data, Moods moods)
    {
        this.data = data;
        this.moods = moods;
    }

    public int Count
    {
        get { return data.Count; }
    }

    public Folder Item(int place)
    {
        moods.Meet();
        return new Folder(data[place - 1], moods);
    }
}

public sealed class Folder
{
    private readonly IDictionary<string, object> data;
    private readonly Moods moods;

    public Folder(IDictionary<string, object> data, Moods moods)
    {
        this.data = data;
        this.moods = moods;
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
        get { return new Folders(((object[])data["folders"]).Cast<IDictionary<string, object>>().ToList(), moods); }
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

// Excel, with one workbook open already; notes what it was told to show.
public sealed class Excel
{
    public bool Visible { get; set; }

    public Workbooks Workbooks { get; set; }

    public void Goto(Row row, bool scroll)
    {
        File.WriteAllText(row.Shown, (Visible ? "seen " : "hidden ") + row.Where);
    }
}

public sealed class Workbooks
{
    private readonly string shown;
    private readonly Moods moods;

    public Workbooks(string shown, Moods moods)
    {
        this.shown = shown;
        this.moods = moods;
    }

    public int Count
    {
        get { return 1; }
    }

    public Workbook Item(int place)
    {
        return new Workbook("/elsewhere/open.xlsx", "open", shown);
    }

    public Workbook Open(string file)
    {
        moods.Meet();
        return new Workbook(file, "opened", shown);
    }
}

public sealed class Workbook
{
    private readonly string how;
    private readonly string shown;

    public Workbook(string file, string how, string shown)
    {
        FullName = file;
        this.how = how;
        this.shown = shown;
    }

    public string FullName { get; private set; }

    public Worksheets Worksheets
    {
        get { return new Worksheets { Before = how + " " + Path.GetFileName(FullName), Shown = shown }; }
    }

    public void Activate()
    {
    }
}

public sealed class Worksheets
{
    public string Before;
    public string Shown;

    public Worksheet Item(object which)
    {
        return new Worksheet { Rows = new Rows { Before = Before + " " + which, Shown = Shown } };
    }
}

public sealed class Worksheet
{
    public Rows Rows { get; set; }

    public void Activate()
    {
    }
}

public sealed class Rows
{
    public string Before;
    public string Shown;

    public Row Item(int row)
    {
        return new Row { Where = Before + " " + row, Shown = Shown };
    }
}

public sealed class Row
{
    public string Where;
    public string Shown;
}
