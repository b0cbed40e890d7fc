using System.IO;

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
