using System;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Offhook.ComHelper
{
    /// <summary>Properties by their names, which are English in every language of Office.</summary>
    internal static class LateBound
    {
        public static object Get(object item, string name)
        {
            return item.GetType().InvokeMember(name, BindingFlags.GetProperty, null, item, null, CultureInfo.InvariantCulture);
        }

        public static void Set(object item, string name, object value)
        {
            item.GetType().InvokeMember(name, BindingFlags.SetProperty, null, item, new[] { value }, CultureInfo.InvariantCulture);
        }

        /// <summary>Whether the item has no such property, or does not give it.</summary>
        public static bool IsRefusal(Exception error)
        {
            var cause = Failure.Inner(error);
            return cause is MissingMemberException || cause is COMException;
        }
    }
}
