const secretKey = /pass(word|phrase)?|secret|token|ticket|cookie|authori[sz]ation|^ha1$/i;
// Seven digits or more, as written with spaces, dashes and brackets; addresses such as 127.0.0.1:5060 are not.
const phoneNumber = /\+?\d(?:[ ()-]{0,2}\d){6,}/g;
const deepest = 5;

/** Keeps the last two digits, so that two calls in a log can still be told apart. */
export function redactText(text: string): string {
  return text.replace(phoneNumber, (number) => `…${number.slice(-2)}`);
}

/** What may be written to a log: no credentials whatever their key, and no phone numbers. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value instanceof Error) {
    const cause = value.cause === undefined ? {} : { cause: redact(value.cause, depth + 1) };
    return { name: value.name, message: redactText(value.message), stack: redactText(value.stack ?? ''), ...cause };
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, secretKey.test(key) ? '[redacted]' : redact(item, depth + 1)]),
  );
}
