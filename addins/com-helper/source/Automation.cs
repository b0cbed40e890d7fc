using System;
using System.Runtime.InteropServices;

namespace Offhook.ComHelper
{
    // UI Automation's own interfaces, as UIAutomationClient.h has them, up to the last method that is used: what comes
    // before keeps its place in the table.
    [ComImport, Guid("30cbe57d-d9d0-452a-ab13-7ac5ac4825ee"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    internal interface IAutomation
    {
        void CompareElements();
        void CompareRuntimeIds();
        void GetRootElement();
        void ElementFromHandle();
        void ElementFromPoint();
        IAutomationElement GetFocusedElement();
    }

    [ComImport, Guid("d22108aa-8ac5-49a5-837b-37bbb3d7591e"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    internal interface IAutomationElement
    {
        void SetFocus();
        void GetRuntimeId();
        void FindFirst();
        void FindAll();
        void FindFirstBuildCache();
        void FindAllBuildCache();
        void BuildUpdatedCache();
        void GetCurrentPropertyValue();
        void GetCurrentPropertyValueEx();
        void GetCachedPropertyValue();
        void GetCachedPropertyValueEx();
        void GetCurrentPatternAs();
        void GetCachedPatternAs();

        [return: MarshalAs(UnmanagedType.IUnknown)]
        object GetCurrentPattern(int pattern);
    }

    [ComImport, Guid("32eba289-3583-42c9-9c59-3b6d9a1e9b6a"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    internal interface IAutomationTextPattern
    {
        void RangeFromPoint();
        void RangeFromChild();
        IAutomationTextRanges GetSelection();
    }

    [ComImport, Guid("ce4ae76a-e717-4c98-81ea-47371d028eb6"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    internal interface IAutomationTextRanges
    {
        int GetLength();
        IAutomationTextRange GetElement(int index);
    }

    [ComImport, Guid("a543cc6a-f4ae-494b-8239-c814481187a8"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    internal interface IAutomationTextRange
    {
        void Clone();
        void Compare();
        void CompareEndpoints();
        void ExpandToEnclosingUnit();
        void FindAttribute();
        void FindText();
        void GetAttributeValue();
        void GetBoundingRectangles();
        void GetEnclosingElement();

        [return: MarshalAs(UnmanagedType.BStr)]
        string GetText(int maxLength);
    }

    internal static class AutomationClient
    {
        private static readonly Guid ClassId = new Guid("ff48dba4-60ef-4201-aa87-54103eef594e");

        public const int TextPattern = 10014;

        public static IAutomation Create()
        {
            return (IAutomation)Activator.CreateInstance(Type.GetTypeFromCLSID(ClassId, true));
        }
    }
}
