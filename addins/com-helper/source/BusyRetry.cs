using System;
using System.Threading;

namespace Offhook.ComHelper
{
    /// <summary>Asks again while Outlook rejects calls because it is busy, with longer and longer pauses.</summary>
    public sealed class BusyRetry
    {
        private readonly int tries;
        private readonly int firstPause;

        public BusyRetry() : this(8, 100)
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
