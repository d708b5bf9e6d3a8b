/** Where the transport writes lines of the log. libs/platform gives pino, so this library needs no logger. */
export type MessagingLog = (level: 'error' | 'warn' | 'info' | 'debug', message: string, fields: Readonly<Record<string, unknown>>) => void;
