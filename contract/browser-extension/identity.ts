/** Name under which browsers find the program that the extension speaks to. */
export const nativeHostName = 'com.offhook.host';

/** Public half of a key of which nobody has kept the other: Chromium derives the id of the extension from it. */
export const chromiumKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr7ULY+g4TeALWus7VQSujfVrjfLhnrcNbrAGQ79JNxyo17sHeE5LrGKp' +
  'AyszjNFX2FPnTJR6ins9i05LkUefxWiv/S0xgj+d2XEx9vYo+iIynmkceReAUTWvH1t6z8WpSQ6MMIegZMQdODD7ulljDQvD7Yn+' +
  'a18ANsxl+mrHTe/Svkq8yiyC3/WkmKKr9qv5A7vnk4mHrdPbBpjBKpsqXIbHDA7F33XN5wBQEUjfidOez+Wc/5U5A0HM/rF7vhNT' +
  'ApzH+TC3oEdgPQrYpeaXMA5KJ1Yr7Sh3XLi/0flqDu5nll5X7Gn+VEGdUxc0Ar2mMbOfw/DlKX5XaSv8a3rWFQIDAQAB';

/** SHA-256 of the key, its first half in the letters a to p. */
export const chromiumId = 'bilgfhdloobklpebjimghcapbkoicdag';

export const firefoxId = 'browser-extension@offhook.example';
