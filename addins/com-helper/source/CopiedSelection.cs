using System;
using System.Threading;

namespace Offhook.ComHelper
{
    /// <summary>
    /// Has the selection copied, and puts back everything that was on the clipboard. What anybody else puts there meanwhile stays: each
    /// change of the clipboard has a number of its own.
    /// </summary>
    public static class CopiedSelection
    {
        private const int Patience = 800;
        private const int Pause = 20;

        public static string Read()
        {
            using (var clipboard = new SavedClipboard())
            {
                var before = clipboard.Serial;
                clipboard.Save();
                if (clipboard.Serial != before)
                {
                    throw new InvalidOperationException("the clipboard is in use");
                }
                var copied = before;
                try
                {
                    CopyKeys.Press();
                    copied = ChangedFrom(before, clipboard);
                    return copied == before ? "" : clipboard.Text();
                }
                finally
                {
                    var now = clipboard.Serial;
                    if (copied == before ? now != before : now == copied)
                    {
                        clipboard.Restore();
                    }
                }
            }
        }

        private static uint ChangedFrom(uint before, SavedClipboard clipboard)
        {
            for (var waited = 0; waited < Patience; waited += Pause)
            {
                if (clipboard.Serial != before)
                {
                    return Settled(clipboard);
                }
                Thread.Sleep(Pause);
            }
            return before;
        }

        /// <summary>A program puts its forms there one after the other; each is a change.</summary>
        private static uint Settled(SavedClipboard clipboard)
        {
            for (var serial = clipboard.Serial; ; serial = clipboard.Serial)
            {
                Thread.Sleep(Pause);
                if (clipboard.Serial == serial)
                {
                    return serial;
                }
            }
        }
    }
}
