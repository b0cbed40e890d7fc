using System;
using System.Runtime.InteropServices;

namespace Offhook.ComHelper
{
    /// <summary>Where the Outlook object model comes from.</summary>
    public interface IOutlookSource
    {
        /// <returns>An Outlook.Application.</returns>
        object Open();
    }

    /// <summary>The Outlook that runs, else a new one. Both only at the same integrity level.</summary>
    public sealed class InstalledOutlook : IOutlookSource
    {
        public object Open()
        {
            try
            {
                return Marshal.GetActiveObject("Outlook.Application");
            }
            catch (COMException)
            {
                // It does not run: it is started, without a window.
                return Start();
            }
        }

        private static object Start()
        {
            var type = Type.GetTypeFromProgID("Outlook.Application");
            if (type == null)
            {
                throw new OutlookMissingException(null);
            }
            try
            {
                return Activator.CreateInstance(type);
            }
            catch (COMException error)
            {
                throw new OutlookMissingException(error);
            }
        }
    }
}
