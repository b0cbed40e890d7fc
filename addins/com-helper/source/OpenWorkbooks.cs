using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;

namespace Offhook.ComHelper
{
    /// <summary>
    /// Workbooks that are open in any Excel of this user, by the Running Object Table: `GetActiveObject` would know the first
    /// Excel only.
    /// </summary>
    internal static class OpenWorkbooks
    {
        [DllImport("ole32.dll", PreserveSig = false)]
        private static extern void GetRunningObjectTable(int reserved, out IRunningObjectTable table);

        [DllImport("ole32.dll", PreserveSig = false)]
        private static extern void CreateBindCtx(int reserved, out IBindCtx context);

        /// <returns>Null when it is not open.</returns>
        public static object Find(string file)
        {
            IRunningObjectTable table;
            IBindCtx context;
            IEnumMoniker monikers;
            GetRunningObjectTable(0, out table);
            CreateBindCtx(0, out context);
            table.EnumRunning(out monikers);
            var next = new IMoniker[1];
            while (monikers.Next(1, next, IntPtr.Zero) == 0)
            {
                object found;
                if (string.Equals(NameOf(next[0], context), file, StringComparison.OrdinalIgnoreCase) && table.GetObject(next[0], out found) == 0)
                {
                    return found;
                }
            }
            return null;
        }

        private static string NameOf(IMoniker moniker, IBindCtx context)
        {
            try
            {
                string name;
                moniker.GetDisplayName(context, null, out name);
                return name;
            }
            catch (COMException)
            {
                // Some other program's, which has gone or says no name.
                return "";
            }
            catch (NotImplementedException)
            {
                return "";
            }
        }
    }
}
