using System;
using System.Runtime.InteropServices;

namespace Offhook.ComHelper
{
    /// <summary>Where the object models of Office come from.</summary>
    public interface IOfficeSource
    {
        /// <returns>An Outlook.Application.</returns>
        object Outlook();

        /// <returns>An Excel.Application.</returns>
        object Excel();

        /// <param name="file">Full path.</param>
        /// <returns>An Excel.Workbook; null when no Excel of this user has it open.</returns>
        object OpenWorkbook(string file);

        /// <param name="window">Handle of a window; 0 for the one in front.</param>
        OfficeWindow Window(int window);
    }

    /// <summary>The programs that run, else new ones. Both only at the same integrity level.</summary>
    public sealed class InstalledOffice : IOfficeSource
    {
        public object Outlook()
        {
            return Open("Outlook.Application");
        }

        public object Excel()
        {
            return Open("Excel.Application");
        }

        public object OpenWorkbook(string file)
        {
            return OpenWorkbooks.Find(file);
        }

        public OfficeWindow Window(int window)
        {
            return FrontWindow.Find(window);
        }

        private static object Open(string name)
        {
            try
            {
                return Marshal.GetActiveObject(name);
            }
            catch (COMException)
            {
                // It does not run: it is started.
                return Start(name);
            }
        }

        private static object Start(string name)
        {
            var type = Type.GetTypeFromProgID(name);
            if (type == null)
            {
                throw new OfficeMissingException(name, null);
            }
            try
            {
                return Activator.CreateInstance(type);
            }
            catch (COMException error)
            {
                throw new OfficeMissingException(name, error);
            }
        }
    }
}
