import { renameSync, statSync } from 'node:fs';
import { pino, type Logger as Pino } from 'pino';
import type { LogFields, Logger } from './logger.ts';
import { redact, redactText } from './redact.ts';

const largestFile = 5 * 1024 * 1024;

export interface PinoLoggerOptions {
  /** Log file, made with its folder; standard error when null. One older file is kept beside it. */
  file: string | null;
  level?: 'debug' | 'info' | 'warn' | 'error';
}

function keepOneOlder(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestFile) renameSync(file, `${file}.1`);
}

function wrap(sink: Pino, category: string): Logger {
  const write = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields: LogFields = {}) => {
    if (sink.isLevelEnabled(level)) sink[level]({ category, ...(redact(fields) as LogFields) }, redactText(message));
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (part) => wrap(sink, category ? `${category}.${part}` : part),
  };
}

/** JSON lines, written without blocking the caller; whatever is secret or a phone number is redacted here, at the sink. */
export function createPinoLogger(options: PinoLoggerOptions): { logger: Logger; flush(): void } {
  if (options.file) keepOneOlder(options.file);
  const destination = pino.destination({ dest: options.file ?? 2, mkdir: true, sync: options.file === null, mode: 0o600 });
  // A full or read-only disk must not take the phone down.
  destination.on('error', () => {});
  const sink = pino({ level: options.level ?? 'info', base: null }, destination);
  const flush = () => {
    if (options.file !== null && destination.fd >= 0) destination.flushSync();
  };
  return { logger: wrap(sink, ''), flush };
}
