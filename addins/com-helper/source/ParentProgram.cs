using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Offhook.ComHelper
{
    /// <summary>A process and those that started it.</summary>
    public static class ParentProgram
    {
        private const int LongestChain = 30;
        private const uint QueryLimitedInformation = 0x1000;
        private const int BasicInformation = 0;

        /// <returns>Path and name of each, nearest first; the last is one of which Windows tells no more.</returns>
        public static IList<object> Ancestry(int pid)
        {
            var found = new List<object>();
            var startedBefore = long.MaxValue;
            for (var at = pid; at > 4 && found.Count < LongestChain;)
            {
                var process = OpenProcess(QueryLimitedInformation, false, at);
                if (process == IntPtr.Zero)
                {
                    break;
                }
                try
                {
                    var started = StartOf(process);
                    // A number that was given to another process since: the parent itself is gone.
                    if (started > startedBefore)
                    {
                        break;
                    }
                    startedBefore = started;
                    var path = PathOf(process);
                    found.Add(new Dictionary<string, object> { { "path", path }, { "name", NameOf(path) } });
                    at = ParentOf(process);
                }
                finally
                {
                    CloseHandle(process);
                }
            }
            return found;
        }

        private static long StartOf(IntPtr process)
        {
            long created, exited, kernel, user;
            return GetProcessTimes(process, out created, out exited, out kernel, out user) ? created : 0;
        }

        private static string PathOf(IntPtr process)
        {
            var path = new StringBuilder(1024);
            var length = path.Capacity;
            return QueryFullProcessImageName(process, 0, path, ref length) ? path.ToString() : "";
        }

        private static int ParentOf(IntPtr process)
        {
            var information = new ProcessBasicInformation();
            int written;
            var status = NtQueryInformationProcess(process, BasicInformation, ref information, Marshal.SizeOf(typeof(ProcessBasicInformation)), out written);
            return status == 0 ? information.InheritedFromUniqueProcessId.ToInt32() : 0;
        }

        /// <summary>As the program describes itself, else its file's name.</summary>
        private static string NameOf(string path)
        {
            if (path.Length == 0)
            {
                return "";
            }
            try
            {
                var description = FileVersionInfo.GetVersionInfo(path).FileDescription;
                if (!string.IsNullOrWhiteSpace(description))
                {
                    return description.Trim();
                }
            }
            catch (IOException)
            {
                // It was taken away while it runs.
            }
            return Path.GetFileNameWithoutExtension(path);
        }

        // https://learn.microsoft.com/windows/win32/api/winternl/nf-winternl-ntqueryinformationprocess
        [StructLayout(LayoutKind.Sequential)]
        private struct ProcessBasicInformation
        {
            public IntPtr ExitStatus;
            public IntPtr PebBaseAddress;
            public IntPtr AffinityMask;
            public IntPtr BasePriority;
            public IntPtr UniqueProcessId;
            public IntPtr InheritedFromUniqueProcessId;
        }

        [DllImport("ntdll.dll")]
        private static extern int NtQueryInformationProcess(IntPtr process, int kind, ref ProcessBasicInformation information, int length, out int written);

        [DllImport("kernel32.dll", SetLastError = true)]
        private static extern IntPtr OpenProcess(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, int pid);

        [DllImport("kernel32.dll", SetLastError = true, CharSet = CharSet.Unicode)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool QueryFullProcessImageName(IntPtr process, int flags, StringBuilder name, ref int length);

        [DllImport("kernel32.dll", SetLastError = true)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool GetProcessTimes(IntPtr process, out long created, out long exited, out long kernel, out long user);

        [DllImport("kernel32.dll")]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool CloseHandle(IntPtr handle);
    }
}
