import { destination, pino, stdTimeFunctions, type Level, type Logger as Pino } from 'pino';
import type { LogFields, Logger } from './logger.ts';
import { redactFields, redactText } from './redaction.ts';
import { RotatingFile } from './rotating-file.ts';

/** Where finished lines go, one JSON text with its newline each. */
export interface LogSink {
  write(line: string): void;
}

export interface PinoLoggerOptions {
  /** Log file, made with its folder; standard error when null. */
  file: string | null;
  level?: 'debug' | 'info' | 'warn' | 'error';
  /** Bytes after which `file` becomes `file.1`; 5 MiB when left out. */
  maximumBytes?: number;
  /** Old files that stay; 3 when left out. */
  keep?: number;
  /** Instead of the file. */
  sink?: LogSink;
}

export interface PinoLogger {
  logger: Logger;
  /** Blocks until everything is written; for the way out. */
  flush(): void;
}

// Keys that a line has of its own.
const reserved = new Set(['level', 'time', 'msg', 'category']);

function named(fields: LogFields): LogFields {
  const entries = Object.entries(redactFields(fields));
  return Object.fromEntries(entries.map(([key, value]) => [reserved.has(key) ? `field_${key}` : key, value]));
}

function wrap(base: Pino, category: string): Logger {
  const write = (level: Level) => (message: string, fields?: LogFields) => {
    // Redacting costs more than a line that nobody wants is worth.
    if (!base.isLevelEnabled(level)) return;
    base[level]({ category, ...(fields && named(fields)) }, redactText(message));
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (part) => wrap(base, category ? `${category}.${part}` : part),
  };
}

/** JSON lines, written without blocking the caller; whatever is secret or a phone number is redacted here, at the sink. */
export function createPinoLogger(options: PinoLoggerOptions): PinoLogger {
  const { file, level = 'info', maximumBytes = 5 * 1024 * 1024, keep = 3 } = options;
  const rotating = file !== null && !options.sink ? new RotatingFile({ file, maximumBytes, keep }) : null;
  const target = options.sink ?? rotating ?? destination({ dest: 2, sync: true });
  const base = pino({ level, base: null, timestamp: stdTimeFunctions.isoTime }, target);
  return { logger: wrap(base, ''), flush: () => rotating?.flush() };
}
