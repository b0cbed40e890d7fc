using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Threading;

namespace Offhook.ComHelper
{
    /// <summary>Presses Ctrl+C in the program in front.</summary>
    internal static class CopyKeys
    {
        private const ushort Control = 0x11;
        private const ushort LetterC = 0x43;
        private const uint Keyboard = 1;
        private const uint Up = 2;

        // Shift, Alt and the two Windows keys: with them it would be another shortcut.
        private static readonly ushort[] Others = { 0x10, 0x12, 0x5B, 0x5C };

        public static void Press()
        {
            // The keys that called Offhook are let go in a moment.
            for (var waited = 0; waited < 400 && AnyDown(); waited += 20)
            {
                Thread.Sleep(20);
            }
            var keys = new List<Input>();
            foreach (var key in Others)
            {
                if (IsDown(key))
                {
                    keys.Add(Key(key, Up));
                }
            }
            keys.Add(Key(Control, 0));
            keys.Add(Key(LetterC, 0));
            keys.Add(Key(LetterC, Up));
            keys.Add(Key(Control, Up));
            if (SendInput((uint)keys.Count, keys.ToArray(), Marshal.SizeOf(typeof(Input))) != keys.Count)
            {
                throw new Win32Exception();
            }
        }

        private static bool AnyDown()
        {
            return Array.Exists(Others, IsDown);
        }

        private static bool IsDown(ushort key)
        {
            return (GetAsyncKeyState(key) & 0x8000) != 0;
        }

        private static Input Key(ushort key, uint flags)
        {
            return new Input { Type = Keyboard, Data = new InputUnion { Keyboard = new KeyboardInput { Key = key, Flags = flags } } };
        }

        [StructLayout(LayoutKind.Sequential)]
        private struct Input
        {
            public uint Type;
            public InputUnion Data;
        }

        // As large as its largest member, which Windows checks.
        [StructLayout(LayoutKind.Explicit)]
        private struct InputUnion
        {
            [FieldOffset(0)]
            public MouseInput Mouse;

            [FieldOffset(0)]
            public KeyboardInput Keyboard;
        }

        [StructLayout(LayoutKind.Sequential)]
        private struct MouseInput
        {
            public int X;
            public int Y;
            public uint Data;
            public uint Flags;
            public uint Time;
            public IntPtr Extra;
        }

        [StructLayout(LayoutKind.Sequential)]
        private struct KeyboardInput
        {
            public ushort Key;
            public ushort Scan;
            public uint Flags;
            public uint Time;
            public IntPtr Extra;
        }

        [DllImport("user32.dll", SetLastError = true)]
        private static extern uint SendInput(uint count, Input[] inputs, int size);

        [DllImport("user32.dll")]
        private static extern short GetAsyncKeyState(int key);
    }
}
