using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Offhook.ComHelper
{
    /// <summary>What is selected in the program in front: as it tells by UI Automation, else by having it copied.</summary>
    public static class SelectedText
    {
        private const int Longest = 20000;

        public static string Read()
        {
            var told = ByAutomation();
            return told.Trim().Length > 0 ? told : CopiedSelection.Read();
        }

        /// <returns>Empty where the program does not tell.</returns>
        private static string ByAutomation()
        {
            try
            {
                var element = AutomationClient.Create().GetFocusedElement();
                var pattern = element == null ? null : element.GetCurrentPattern(AutomationClient.TextPattern) as IAutomationTextPattern;
                var ranges = pattern == null ? null : pattern.GetSelection();
                return ranges == null ? "" : TextOf(ranges);
            }
            catch (COMException)
            {
                return "";
            }
            catch (InvalidCastException)
            {
                return "";
            }
        }

        private static string TextOf(IAutomationTextRanges ranges)
        {
            var text = new StringBuilder();
            for (var index = 0; index < ranges.GetLength() && text.Length < Longest; index++)
            {
                if (text.Length > 0)
                {
                    text.Append('\n');
                }
                text.Append(ranges.GetElement(index).GetText(Longest - text.Length));
            }
            return text.ToString();
        }
    }
}
