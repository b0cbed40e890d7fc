using System.Collections.Generic;

namespace Offhook.ComHelper
{
    /// <summary>
    /// The columns of a contact, by the MAPI tags of their properties ([MS-OXPROPS]), so that they do not depend on Outlook's
    /// language.
    /// </summary>
    internal static class ContactColumns
    {
        private const string Tag = "http://schemas.microsoft.com/mapi/proptag/0x";
        private const string Address = "http://schemas.microsoft.com/mapi/id/{00062004-0000-0000-C000-000000000046}/";
        private const string Categories = "urn:schemas-microsoft-com:office:office#Keywords";

        private static readonly string[,] Numbers =
        {
            { Tag + "3A1C001F", "mobile" },
            { Tag + "3A08001F", "work" },
            { Tag + "3A1B001F", "work" },
            { Tag + "3A57001F", "main" },
            { Tag + "3A1A001F", "main" },
            { Tag + "3A09001F", "home" },
            { Tag + "3A2F001F", "home" },
            { Tag + "3A02001F", "other" },
            { Tag + "3A1E001F", "other" },
            { Tag + "3A1F001F", "other" },
            { Tag + "3A2E001F", "assistant" },
            { Tag + "3A24001F", "fax" }
        };

        private static readonly string[] Emails = { Address + "8083001F", Address + "8093001F", Address + "80A3001F" };

        private static readonly string[,] Texts =
        {
            { "EntryID", "entryId" },
            { Tag + "3001001F", "name" },
            { Tag + "3A11001F", "familyName" },
            { Tag + "3A06001F", "givenName" },
            { Tag + "3A44001F", "patronymic" },
            { Tag + "3A16001F", "firm" },
            { Tag + "3A17001F", "role" },
            { Tag + "3A18001F", "department" },
            { Tag + "3A51001F", "link" },
            { Tag + "1000001F", "note" },
            { Categories, "categories" }
        };

        public static readonly string[] Names = AllNames();

        private static string[] AllNames()
        {
            var names = new List<string>();
            for (var index = 0; index < Texts.GetLength(0); index++)
            {
                names.Add(Texts[index, 0]);
            }
            for (var index = 0; index < Numbers.GetLength(0); index++)
            {
                names.Add(Numbers[index, 0]);
            }
            names.AddRange(Emails);
            return names.ToArray();
        }

        public static IDictionary<string, object> Read(object[] row, string folder, string storeId)
        {
            var contact = new Dictionary<string, object> { { "folder", folder }, { "storeId", storeId } };
            var place = 0;
            for (var index = 0; index < Texts.GetLength(0); index++)
            {
                contact[Texts[index, 1]] = Field.Text(row[place++]);
            }
            var numbers = new List<IDictionary<string, object>>();
            for (var index = 0; index < Numbers.GetLength(0); index++)
            {
                var number = Field.Text(row[place++]);
                if (number.Length > 0)
                {
                    numbers.Add(new Dictionary<string, object> { { "text", number }, { "label", Numbers[index, 1] } });
                }
            }
            contact["numbers"] = numbers;
            var emails = new List<string>();
            for (var index = 0; index < Emails.Length; index++)
            {
                var address = Field.Text(row[place++]);
                if (address.IndexOf('@') > 0)
                {
                    emails.Add(address);
                }
            }
            contact["emails"] = emails;
            return contact;
        }
    }
}
