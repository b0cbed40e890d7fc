/** A log line's fields. Secrets and phone numbers are redacted at the sink, but callers should not pass secrets at all. */
export type LogFields = Record<string, unknown>;

/** A logger with a dotted category, e.g. `sip.transaction`. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger for a part: `sip` → `sip.transaction`. */
  child(category: string): Logger;
}

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
