using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Data = System.Collections.Generic.IDictionary<string, object>;

// Workbooks that are open in some Excel, with what the helper uses of their cells; every change goes to the JSON file.
public sealed class OpenBooks
{
    private readonly string file;
    private readonly Moods moods;
    private readonly object[] books;

    public OpenBooks(string file, Moods moods)
    {
        this.file = file;
        this.moods = moods;
        books = System.IO.File.Exists(file) ? (object[])Stored.Read(file) : new object[0];
    }

    public object Find(string name)
    {
        var found = books.Cast<Data>().FirstOrDefault(book => string.Equals((string)book["file"], name, StringComparison.OrdinalIgnoreCase));
        return found == null ? null : new OpenBook(found, moods, Save);
    }

    private void Save()
    {
        Stored.Write(file, books);
    }
}

public sealed class OpenBook
{
    public readonly Moods Moods;
    private readonly Data data;
    private readonly Action save;

    public OpenBook(Data data, Moods moods, Action save)
    {
        this.data = data;
        Moods = moods;
        this.save = save;
    }

    public bool ReadOnly
    {
        get { return Has("readOnly"); }
    }

    public bool Final
    {
        get { return Has("final"); }
    }

    public bool Date1904
    {
        get { return Has("date1904"); }
    }

    public OpenSheets Worksheets
    {
        get
        {
            Moods.Meet();
            return new OpenSheets(((object[])data["sheets"]).Cast<Data>().ToList(), this);
        }
    }

    public void Changed()
    {
        save();
    }

    private bool Has(string name)
    {
        object value;
        return data.TryGetValue(name, out value) && (bool)value;
    }
}

public sealed class OpenSheets
{
    private readonly IList<Data> sheets;
    private readonly OpenBook book;

    public OpenSheets(IList<Data> sheets, OpenBook book)
    {
        this.sheets = sheets;
        this.book = book;
    }

    public int Count
    {
        get { return sheets.Count; }
    }

    public OpenSheet this[object which]
    {
        get
        {
            var found = which is int ? sheets[(int)which - 1] : sheets.FirstOrDefault(sheet => (string)sheet["name"] == (string)which);
            if (found == null)
            {
                throw new COMException("Invalid index.", unchecked((int)0x8002000B));
            }
            return new OpenSheet(found, book) { Name = (string)found["name"] };
        }
    }
}

public sealed class OpenSheet
{
    public readonly OpenBook Book;
    private readonly Data data;

    public string Name { get; set; }
    public object Parent { get; set; }

    public OpenSheet(Data data, OpenBook book)
    {
        this.data = data;
        Book = book;
    }

    public bool ProtectContents
    {
        get { return data.ContainsKey("protected") && (bool)data["protected"]; }
    }

    public OpenCells Cells
    {
        get { return new OpenCells(this); }
    }

    public OpenRanges Range
    {
        get { return new OpenRanges(this); }
    }

    public OpenCell UsedRange
    {
        get { return new OpenCell(this, 1, 1, Last(0), Last(1)); }
    }

    private int Last(int part)
    {
        return Stored.Keys.Select(key => int.Parse(key.Split(',')[part])).DefaultIfEmpty(1).Max();
    }

    public Data Stored
    {
        get { return (Data)data["cells"]; }
    }
}

public sealed class OpenCells
{
    private readonly OpenSheet sheet;

    public OpenCells(OpenSheet sheet)
    {
        this.sheet = sheet;
    }

    public OpenCell this[int row, int column]
    {
        get
        {
            sheet.Book.Moods.Meet();
            return new OpenCell(sheet, row, column, row, column);
        }
    }
}

public sealed class OpenRanges
{
    private readonly OpenSheet sheet;

    public OpenRanges(OpenSheet sheet)
    {
        this.sheet = sheet;
    }

    public OpenCell this[OpenCell first, OpenCell last]
    {
        get { return new OpenCell(sheet, first.Row, first.Column, last.Row, last.Column); }
    }
}

// One cell, or several.
public sealed class OpenCell
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;
    private readonly OpenSheet sheet;
    private readonly int last;
    private readonly int right;

    public OpenCell(OpenSheet sheet, int row, int column, int last, int right)
    {
        this.sheet = sheet;
        this.last = last;
        this.right = right;
        Row = row;
        Column = column;
    }

    public int Row { get; private set; }

    public int Column { get; private set; }

    public Counted Rows
    {
        get { return new Counted { Count = last - Row + 1 }; }
    }

    public Counted Columns
    {
        get { return new Counted { Count = right - Column + 1 }; }
    }

    public object HasFormula
    {
        get { return Read(Row).ContainsKey("formula"); }
    }

    public object HasArray
    {
        get { return false; }
    }

    // A cell of merged ones says which row and column they begin in.
    public object MergeCells
    {
        get { return Read(Row).ContainsKey("merged"); }
    }

    public Merged MergeArea
    {
        get
        {
            var first = (object[])Read(Row)["merged"];
            return new Merged { Cells = new FirstCell { Cell = new OpenCell(sheet, (int)first[0], (int)first[1], (int)first[0], (int)first[1]) } };
        }
    }

    public string Text
    {
        get
        {
            var value = Value(Row);
            if (Read(Row).ContainsKey("text"))
            {
                return (string)Read(Row)["text"];
            }
            return value is double ? ((double)value).ToString("G11", CultureInfo.GetCultureInfo("ru-RU")) : Convert.ToString(value, English);
        }
    }

    public object NumberFormat
    {
        get
        {
            var formats = Enumerable.Range(Row, last - Row + 1).Select(Format).Distinct().ToList();
            return formats.Count == 1 ? (object)formats[0] : DBNull.Value;
        }
        set
        {
            sheet.Book.Moods.Change();
            Keep("format", value);
        }
    }

    public object Value2
    {
        get
        {
            sheet.Book.Moods.Meet();
            if (last == Row && right == Column)
            {
                return Value(Row);
            }
            var sizes = new[] { last - Row + 1, right - Column + 1 };
            var values = (object[,])Array.CreateInstance(typeof(object), sizes, new[] { 1, 1 });
            for (var row = Row; row <= last; row++)
            {
                for (var column = Column; column <= right; column++)
                {
                    values[row - Row + 1, column - Column + 1] = new OpenCell(sheet, row, column, row, column).Value(row);
                }
            }
            return values;
        }
        set
        {
            sheet.Book.Moods.Change();
            Take(value);
        }
    }

    // As Excel takes what is typed: formulas, numbers and days are seen in texts, unless the cell is one of text.
    private void Take(object value)
    {
        var text = value as string;
        Read(Row).Remove("text");
        if (text != null && text.StartsWith("'", StringComparison.Ordinal))
        {
            Keep("prefix", "'");
            Keep("value", text.Substring(1));
        }
        else if (text == null || Format(Row) == "@")
        {
            Keep("value", value);
        }
        else if (Regex.IsMatch(text, "^[=+@-]"))
        {
            Keep("formula", text);
        }
        else if (text == "ИСТИНА")
        {
            Keep("value", true);
        }
        else if (Regex.IsMatch(text, "^[0-9., %/:]+$|[а-я]{3} [0-9]"))
        {
            Keep("value", 45000.0);
            Keep("format", "d-mmm");
        }
        else
        {
            Keep("value", text);
        }
    }

    private object Value(int row)
    {
        object value;
        Read(row).TryGetValue("value", out value);
        return value is int || value is decimal || value is long ? Convert.ToDouble(value, English) : value;
    }

    private string Format(int row)
    {
        object format;
        return Read(row).TryGetValue("format", out format) ? (string)format : "General";
    }

    private Data Read(int row)
    {
        object cell;
        return sheet.Stored.TryGetValue(Key(row), out cell) ? (Data)cell : new Dictionary<string, object>();
    }

    private void Keep(string name, object value)
    {
        var cell = Read(Row);
        cell[name] = value;
        sheet.Stored[Key(Row)] = cell;
        sheet.Book.Changed();
    }

    private string Key(int row)
    {
        return row.ToString(English) + "," + Column.ToString(English);
    }
}

public sealed class Counted
{
    public int Count { get; set; }
}

public sealed class Merged
{
    public FirstCell Cells { get; set; }
}

public sealed class FirstCell
{
    public OpenCell Cell;

    public OpenCell this[int row, int column]
    {
        get { return Cell; }
    }
}
