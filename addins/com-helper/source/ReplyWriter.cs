using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Web.Script.Serialization;

namespace Offhook.ComHelper
{
    /// <summary>Writes one JSON object a line.</summary>
    public sealed class ReplyWriter
    {
        private readonly StreamWriter writer;
        private readonly JavaScriptSerializer json = new JavaScriptSerializer { MaxJsonLength = int.MaxValue };

        public ReplyWriter(Stream output)
        {
            writer = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };
        }

        public void Write(IDictionary<string, object> reply)
        {
            writer.WriteLine(json.Serialize(reply));
        }
    }
}
