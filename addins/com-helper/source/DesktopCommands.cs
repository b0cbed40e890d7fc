using System;
using System.Collections.Generic;

namespace Offhook.ComHelper
{
    /// <summary>What may be asked of Windows itself, without any program of Office.</summary>
    public static class DesktopCommands
    {
        public static bool Knows(string command)
        {
            return command == "parent" || command == "selected";
        }

        public static IDictionary<string, object> Answer(string command, Request request)
        {
            if (Environment.OSVersion.Platform != PlatformID.Win32NT)
            {
                throw new PlatformNotSupportedException("not Windows");
            }
            if (command == "selected")
            {
                return new Dictionary<string, object> { { "done", true }, { "text", SelectedText.Read() } };
            }
            return new Dictionary<string, object> { { "done", true }, { "programs", ParentProgram.Ancestry(request.Whole("pid", 0, int.MaxValue)) } };
        }
    }
}
