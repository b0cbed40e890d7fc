using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Threading;

namespace Offhook.ComHelper
{
    /// <summary>Everything on the clipboard, in all its forms, and the way to put it back.</summary>
    internal sealed class SavedClipboard : IDisposable
    {
        private const uint UnicodeText = 13;
        private const uint EnhancedMetafile = 14;
        private const uint Movable = 2;
        private const long MostBytes = 256L * 1024 * 1024;
        private static readonly IntPtr MessageOnly = new IntPtr(-3);

        private readonly List<KeyValuePair<uint, byte[]>> memory = new List<KeyValuePair<uint, byte[]>>();
        private readonly IntPtr window;
        private IntPtr metafile = IntPtr.Zero;

        public SavedClipboard()
        {
            // Without a window of its own nobody may put anything there.
            window = CreateWindowEx(0, "STATIC", "Offhook", 0, 0, 0, 0, 0, MessageOnly, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero);
            Check(window != IntPtr.Zero);
        }

        public uint Serial
        {
            get { return GetClipboardSequenceNumber(); }
        }

        /// <exception cref="InvalidOperationException">There is more than can be kept: then nothing may be copied over it.</exception>
        public void Save()
        {
            Opened(delegate
            {
                long size = 0;
                for (var format = EnumClipboardFormats(0); format != 0; format = EnumClipboardFormats(format))
                {
                    var handle = IsHandle(format) ? IntPtr.Zero : GetClipboardData(format);
                    if (handle == IntPtr.Zero)
                    {
                        continue;
                    }
                    if (format == EnhancedMetafile)
                    {
                        metafile = CopyEnhMetaFile(handle, IntPtr.Zero);
                        continue;
                    }
                    size += GlobalSize(handle).ToInt64();
                    if (size > MostBytes)
                    {
                        throw new InvalidOperationException("more on the clipboard than can be kept");
                    }
                    memory.Add(new KeyValuePair<uint, byte[]>(format, BytesOf(handle)));
                }
            });
        }

        public string Text()
        {
            var text = "";
            Opened(delegate
            {
                var handle = GetClipboardData(UnicodeText);
                var start = handle == IntPtr.Zero ? IntPtr.Zero : GlobalLock(handle);
                if (start != IntPtr.Zero)
                {
                    text = Marshal.PtrToStringUni(start) ?? "";
                    GlobalUnlock(handle);
                }
            });
            return text;
        }

        public void Restore()
        {
            Opened(delegate
            {
                Check(EmptyClipboard());
                foreach (var form in memory)
                {
                    Put(form.Key, form.Value);
                }
                if (metafile != IntPtr.Zero && SetClipboardData(EnhancedMetafile, metafile) != IntPtr.Zero)
                {
                    metafile = IntPtr.Zero;
                }
            });
        }

        public void Dispose()
        {
            if (metafile != IntPtr.Zero)
            {
                DeleteEnhMetaFile(metafile);
            }
            DestroyWindow(window);
        }

        /// <summary>Bitmaps and palettes by handle: Windows makes them of the memory forms, which are kept.</summary>
        private static bool IsHandle(uint format)
        {
            return format == 2 || format == 3 || format == 9 || (format >= 0x80 && format <= 0x8F) || (format >= 0x300 && format <= 0x3FF);
        }

        private static byte[] BytesOf(IntPtr handle)
        {
            var bytes = new byte[GlobalSize(handle).ToInt64()];
            var start = bytes.Length == 0 ? IntPtr.Zero : GlobalLock(handle);
            if (start != IntPtr.Zero)
            {
                Marshal.Copy(start, bytes, 0, bytes.Length);
                GlobalUnlock(handle);
            }
            return bytes;
        }

        private static void Put(uint format, byte[] bytes)
        {
            // A form without bytes is one all the same: programs leave marks so.
            var handle = GlobalAlloc(Movable, new UIntPtr((uint)Math.Max(1, bytes.Length)));
            Check(handle != IntPtr.Zero);
            var start = GlobalLock(handle);
            Check(start != IntPtr.Zero);
            Marshal.Copy(bytes, 0, start, bytes.Length);
            GlobalUnlock(handle);
            if (SetClipboardData(format, handle) == IntPtr.Zero)
            {
                GlobalFree(handle);
            }
        }

        /// <summary>One program at a time may have it open; others are done in a moment.</summary>
        private void Opened(Action work)
        {
            for (var attempt = 0; !OpenClipboard(window); attempt++)
            {
                Check(attempt < 25);
                Thread.Sleep(20);
            }
            try
            {
                work();
            }
            finally
            {
                CloseClipboard();
            }
        }

        private static void Check(bool done)
        {
            if (!done)
            {
                throw new Win32Exception();
            }
        }

        [DllImport("user32.dll", SetLastError = true, CharSet = CharSet.Unicode)]
        private static extern IntPtr CreateWindowEx(uint extended, string kind, string title, uint style, int x, int y, int width, int height, IntPtr parent, IntPtr menu, IntPtr instance, IntPtr parameter);

        [DllImport("user32.dll")]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool DestroyWindow(IntPtr window);

        [DllImport("user32.dll")]
        private static extern uint GetClipboardSequenceNumber();

        [DllImport("user32.dll", SetLastError = true)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool OpenClipboard(IntPtr owner);

        [DllImport("user32.dll")]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool CloseClipboard();

        [DllImport("user32.dll", SetLastError = true)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool EmptyClipboard();

        [DllImport("user32.dll")]
        private static extern uint EnumClipboardFormats(uint format);

        [DllImport("user32.dll")]
        private static extern IntPtr GetClipboardData(uint format);

        [DllImport("user32.dll")]
        private static extern IntPtr SetClipboardData(uint format, IntPtr memory);

        [DllImport("gdi32.dll")]
        private static extern IntPtr CopyEnhMetaFile(IntPtr metafile, IntPtr file);

        [DllImport("gdi32.dll")]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool DeleteEnhMetaFile(IntPtr metafile);

        [DllImport("kernel32.dll", SetLastError = true)]
        private static extern IntPtr GlobalAlloc(uint flags, UIntPtr bytes);

        [DllImport("kernel32.dll")]
        private static extern IntPtr GlobalFree(IntPtr memory);

        [DllImport("kernel32.dll")]
        private static extern IntPtr GlobalSize(IntPtr memory);

        [DllImport("kernel32.dll", SetLastError = true)]
        private static extern IntPtr GlobalLock(IntPtr memory);

        [DllImport("kernel32.dll")]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool GlobalUnlock(IntPtr memory);
    }
}
