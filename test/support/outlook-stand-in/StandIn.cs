using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Web.Script.Serialization;
using Offhook.ComHelper;

// The part of Office's object models that the helper uses, filled from JSON files; rejects calls when it is told to.
public static class StandInProgram
{
    // Arguments: the folder of the files, how many calls are rejected between two that are not, and its mood: "well",
    // "hangs" behind a dialog at the third call, "hangs writing" or "crashes writing" at the second change, or "crashes saved".
    public static int Main(string[] arguments)
    {
        var moods = new Moods(int.Parse(arguments[1]), arguments[2]);
        var model = new StandInOffice(arguments[0], moods);
        return Program.Run(Console.OpenStandardInput(), Console.OpenStandardOutput(), model, new BusyRetry(4, 1));
    }
}

public sealed class StandInOffice : IOfficeSource
{
    private readonly string folder;
    private readonly Moods moods;

    public StandInOffice(string folder, Moods moods)
    {
        this.folder = folder;
        this.moods = moods;
    }

    public object Excel()
    {
        return new Excel { Workbooks = new Workbooks(Path.Combine(folder, "shown"), moods) };
    }

    public object OpenWorkbook(string file)
    {
        return new OpenBooks(Path.Combine(folder, "workbooks.json"), moods).Find(file);
    }

    public object Outlook()
    {
        var file = Path.Combine(folder, "folders.json");
        if (!File.Exists(file))
        {
            throw new OfficeMissingException("Outlook.Application", null);
        }
        var folders = ((object[])Stored.Read(file)).Cast<IDictionary<string, object>>().ToList();
        var items = new OutlookItems(Path.Combine(folder, "outlook.json"), moods);
        return new Application { Session = new Session(folders, moods, Path.Combine(folder, "shown"), items), Items = items };
    }

    public OfficeWindow Window(int window)
    {
        return new FrontStandIn(Path.Combine(folder, "front.json"), OpenWorkbook).Window();
    }
}

public static class Stored
{
    private static readonly JavaScriptSerializer Json = new JavaScriptSerializer { MaxJsonLength = int.MaxValue };

    public static object Read(string file)
    {
        return Json.DeserializeObject(File.ReadAllText(file));
    }

    public static void Write(string file, object value)
    {
        File.WriteAllText(file, Json.Serialize(value));
    }
}

// A busy Office rejects calls: RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, or its own code.
public sealed class Moods
{
    private static readonly int[] Codes = { unchecked((int)0x80010001), unchecked((int)0x8001010A), unchecked((int)0x800AC472) };
    private readonly int rejections;
    private readonly string mood;
    private int left;
    private int calls;
    private int changes;

    public Moods(int rejections, string mood)
    {
        this.rejections = rejections;
        this.mood = mood;
        left = rejections;
    }

    public void Meet()
    {
        calls++;
        if (mood == "hangs" && calls > 2)
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

    public void Change()
    {
        Meet();
        changes++;
        if (changes > 1 && mood == "hangs writing")
        {
            Thread.Sleep(Timeout.Infinite);
        }
        if (changes > 1 && mood == "crashes writing")
        {
            Crash();
        }
    }

    public void Saved()
    {
        if (mood == "crashes saved")
        {
            Crash();
        }
    }

    // The remote procedure call failed.
    private static void Crash()
    {
        throw new COMException("The server is gone.", unchecked((int)0x800706BE));
    }
}
