using System;
using System.Collections.Generic;
using System.Dynamic;
using System.IO;
using System.Linq;
using Offhook.ComHelper;
using Data = System.Collections.Generic.IDictionary<string, object>;

// The window in front, with what is selected in it, from a JSON file.
public sealed class FrontStandIn
{
    private readonly Data front;
    private readonly Func<string, object> open;

    public FrontStandIn(string file, Func<string, object> open)
    {
        front = File.Exists(file) ? (Data)Stored.Read(file) : new Dictionary<string, object> { { "kind", "none" } };
        this.open = open;
    }

    public OfficeWindow Window()
    {
        var kind = (string)front["kind"];
        return new OfficeWindow { Kind = kind, Application = kind == "excel" ? Excel() : kind == "outlook" ? Outlook() : null };
    }

    private object Excel()
    {
        dynamic book = open((string)front["file"]);
        OpenSheet page = book.Worksheets[(string)front["sheet"]];
        page.Name = (string)front["sheet"];
        page.Parent = new Named { Name = Path.GetFileName(((string)front["file"]).Replace('\\', '/')), FullName = (string)front["file"], Date1904 = book.Date1904 };
        var areas = ((object[])front["areas"]).Cast<object[]>().Select(area => new Area(page, area.Cast<int>().ToArray())).ToList();
        return Open("ActiveWindow", Open("RangeSelection", new Selected { Areas = new Several { Things = areas.Cast<object>().ToList() }, Worksheet = page }));
    }

    private object Outlook()
    {
        var items = ((object[])front["items"]).Select(item => (object)new SelectedItem((Data)item)).ToList();
        var explorer = (string)front["window"] == "explorer";
        dynamic window = new ExpandoObject();
        window.Class = explorer ? 34 : 35;
        window.Selection = new Several { Things = items };
        window.CurrentItem = items.FirstOrDefault();
        return new FrontOutlook { Shown = window };
    }

    private static object Open(string name, object value)
    {
        var made = (IDictionary<string, object>)new ExpandoObject();
        made[name] = value;
        return made;
    }
}

public sealed class FrontOutlook
{
    public object Shown;

    public object ActiveWindow()
    {
        return Shown;
    }
}

public sealed class Named
{
    public string Name { get; set; }
    public string FullName { get; set; }
    public bool Date1904 { get; set; }
}

public sealed class Several
{
    public IList<object> Things;

    public int Count
    {
        get { return Things.Count; }
    }

    public object this[int place]
    {
        get { return Things[place - 1]; }
    }
}

public sealed class Selected
{
    public Several Areas { get; set; }
    public OpenSheet Worksheet { get; set; }

    public int Row
    {
        get { return ((Area)Areas[1]).Place[0]; }
    }

    public int Column
    {
        get { return ((Area)Areas[1]).Place[1]; }
    }
}

public sealed class Area
{
    public readonly int[] Place;
    private readonly OpenSheet page;

    public Area(OpenSheet page, int[] place)
    {
        this.page = page;
        Place = place;
    }

    public Counted Rows
    {
        get { return new Counted { Count = Place[2] - Place[0] + 1 }; }
    }

    public Counted Columns
    {
        get { return new Counted { Count = Place[3] - Place[1] + 1 }; }
    }

    public AreaCells Cells
    {
        get { return new AreaCells { Page = page, Place = Place }; }
    }
}

public sealed class AreaCells
{
    public OpenSheet Page;
    public int[] Place;

    public OpenCell this[int row, int column]
    {
        get { return Page.Cells[Place[0] + row - 1, Place[1] + column - 1]; }
    }
}

// An item as its kind has it: what it lacks cannot be asked for.
public sealed class SelectedItem
{
    private readonly Data data;

    public SelectedItem(Data data)
    {
        this.data = data;
    }

    public int Class
    {
        get { return (int)data["Class"]; }
    }

    public string Subject { get { return Text("Subject"); } }
    public string Body { get { return Text("Body"); } }
    public string SenderName { get { return Text("SenderName"); } }
    public string FullName { get { return Text("FullName"); } }
    public string MobileTelephoneNumber { get { return Text("MobileTelephoneNumber"); } }
    public string BusinessTelephoneNumber { get { return Text("BusinessTelephoneNumber"); } }

    private string Text(string name)
    {
        object value;
        return data.TryGetValue(name, out value) ? (string)value : "";
    }
}
