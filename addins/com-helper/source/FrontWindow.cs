using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Offhook.ComHelper
{
    /// <summary>The window of Office in which the user works.</summary>
    public sealed class OfficeWindow
    {
        /// <summary>"excel", "outlook" or "none".</summary>
        public string Kind { get; set; }

        /// <summary>The Application of that very window.</summary>
        public object Application { get; set; }
    }

    /// <summary>Whose window is in front. A program that does not run is never started for it.</summary>
    internal static class FrontWindow
    {
        private const uint NativeObject = 0xFFFFFFF0;
        private static readonly Guid Dispatch = new Guid("00020400-0000-0000-C000-000000000046");

        [DllImport("user32.dll")]
        private static extern IntPtr GetForegroundWindow();

        [DllImport("user32.dll")]
        private static extern uint GetWindowThreadProcessId(IntPtr window, out uint process);

        [DllImport("user32.dll", CharSet = CharSet.Unicode)]
        private static extern IntPtr FindWindowEx(IntPtr parent, IntPtr after, string kind, string title);

        [DllImport("oleacc.dll")]
        private static extern int AccessibleObjectFromWindow(
            IntPtr window, uint what, ref Guid kind, [MarshalAs(UnmanagedType.IDispatch)] out object found);

        /// <param name="handle">Of the window; 0 for the one in front now.</param>
        public static OfficeWindow Find(int handle)
        {
            var window = handle == 0 ? GetForegroundWindow() : new IntPtr(handle);
            switch (ProgramOf(window))
            {
                case "EXCEL":
                    return new OfficeWindow { Kind = "excel", Application = ExcelOf(window) };
                case "OUTLOOK":
                    return new OfficeWindow { Kind = "outlook", Application = Marshal.GetActiveObject("Outlook.Application") };
                default:
                    return new OfficeWindow { Kind = "none" };
            }
        }

        private static string ProgramOf(IntPtr window)
        {
            uint id;
            GetWindowThreadProcessId(window, out id);
            try
            {
                using (var process = Process.GetProcessById((int)id))
                {
                    return process.ProcessName.ToUpperInvariant();
                }
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
                return "";
            }
        }

        // Of several Excels the one with this window: its grid gives its own object.
        private static object ExcelOf(IntPtr window)
        {
            var desk = FindWindowEx(window, IntPtr.Zero, "XLDESK", null);
            var grid = FindWindowEx(desk, IntPtr.Zero, "EXCEL7", null);
            var kind = Dispatch;
            object found;
            if (grid != IntPtr.Zero && AccessibleObjectFromWindow(grid, NativeObject, ref kind, out found) == 0)
            {
                return ((dynamic)found).Application;
            }
            return Marshal.GetActiveObject("Excel.Application");
        }
    }
}
