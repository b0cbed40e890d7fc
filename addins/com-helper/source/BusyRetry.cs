using System;
using System.Threading;

namespace Offhook.ComHelper
{
    /// <summary>Asks again while Outlook or Excel rejects calls because it is busy, with longer and longer pauses.</summary>
    public sealed class BusyRetry
    {
        private readonly int tries;
        private readonly int firstPause;

        /// <summary>Gives up after 19 s: 100 ms, 200 ms … 3.2 s, and that again.</summary>
        public BusyRetry() : this(11, 100)
        {
        }

        /// <param name="firstPause">Milliseconds; doubled each time.</param>
        public BusyRetry(int tries, int firstPause)
        {
            this.tries = tries;
            this.firstPause = firstPause;
        }

        public T Of<T>(Func<T> ask)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return ask();
                }
                catch (Exception error)
                {
                    if (attempt >= tries || !Failure.IsBusy(error))
                    {
                        throw;
                    }
                }
                Thread.Sleep(firstPause << Math.Min(attempt - 1, 5));
            }
        }
    }
}
