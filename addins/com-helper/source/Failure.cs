using System;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Offhook.ComHelper
{
    /// <summary>A program of Office is not installed, or only the new Outlook is.</summary>
    public sealed class OfficeMissingException : Exception
    {
        public OfficeMissingException(string name, Exception cause) : base(name + " is not installed", cause)
        {
        }
    }

    /// <summary>What is asked for cannot be done, for a reason that Offhook knows by a name of its own.</summary>
    public sealed class RefusedException : Exception
    {
        public RefusedException(string code, string message) : base(message)
        {
            Code = code;
        }

        public string Code { get; private set; }
    }

    /// <summary>Failures by the names that Offhook knows.</summary>
    public static class Failure
    {
        // https://learn.microsoft.com/windows/win32/com/com-error-codes-1, and Office's own for a window that waits.
        private const int CallRejected = unchecked((int)0x80010001);
        private const int RetryLater = unchecked((int)0x8001010A);
        private const int OfficeBusy = unchecked((int)0x800AC472);
        private const int ClassNotRegistered = unchecked((int)0x80040154);
        // It ended before, during and after the call.
        private const int ServerGone = unchecked((int)0x800706BA);
        private const int CallFailed = unchecked((int)0x800706BE);
        private const int Disconnected = unchecked((int)0x80010108);

        public static Exception Inner(Exception error)
        {
            while (error is TargetInvocationException && error.InnerException != null)
            {
                error = error.InnerException;
            }
            return error;
        }

        public static bool IsBusy(Exception error)
        {
            var com = Inner(error) as COMException;
            return com != null && (com.ErrorCode == CallRejected || com.ErrorCode == RetryLater || com.ErrorCode == OfficeBusy);
        }

        /// <summary>Whether it says nothing of what was asked for: the program is busy, or has ended.</summary>
        public static bool IsPassing(Exception error)
        {
            var com = Inner(error) as COMException;
            var ended = com != null && (com.ErrorCode == ServerGone || com.ErrorCode == CallFailed || com.ErrorCode == Disconnected);
            return ended || IsBusy(error);
        }

        public static string CodeOf(Exception error)
        {
            error = Inner(error);
            if (error is OfficeMissingException)
            {
                return "missing";
            }
            var refused = error as RefusedException;
            if (refused != null)
            {
                return refused.Code;
            }
            var com = error as COMException;
            if (com != null && com.ErrorCode == ClassNotRegistered)
            {
                return "missing";
            }
            return IsPassing(error) ? "busy" : "failed";
        }

        public static string DetailOf(Exception error)
        {
            error = Inner(error);
            var com = error as COMException;
            return (com == null ? error.GetType().Name : "0x" + com.ErrorCode.ToString("X8")) + " " + error.Message;
        }
    }
}
