using System;
using System.IO;
using System.Text;

namespace Offhook.ComHelper
{
    /// <summary>
    /// Talks to classic Outlook and Excel for Offhook, in a process of its own: they can hang behind a dialog, and must not hang the
    /// phone. One JSON object a line, in and out (UTF-8); the contract is in README.md.
    /// </summary>
    public static class Program
    {
        // COM wants a single-threaded apartment.
        [STAThread]
        public static int Main()
        {
            return Run(Console.OpenStandardInput(), Console.OpenStandardOutput(), new InstalledOffice(), new BusyRetry());
        }

        public static int Run(Stream input, Stream output, IOfficeSource office, BusyRetry retry)
        {
            var reader = new StreamReader(input, new UTF8Encoding(false));
            var replies = new ReplyWriter(output);
            var commands = new Commands(office, retry, replies);
            for (var line = reader.ReadLine(); line != null; line = reader.ReadLine())
            {
                if (line.Trim().Length > 0)
                {
                    commands.Answer(line);
                }
            }
            return 0;
        }
    }
}
