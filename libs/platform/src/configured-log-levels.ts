/** Levels that can be set while a service runs, the most talkative first. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
/** One of them. */
export type LogLevel = (typeof logLevels)[number];

/** The beginning of a logger's name, as people write it. */
export const loggerName = /^[A-Za-z][\w.-]{0,63}$/;

/** Levels of the configuration, by the beginning of a logger's name in lower case. */
export type ConfiguredLogLevels = ReadonlyMap<string, LogLevel>;

/**
 * Reads LOG_LEVELS: `kafka=warn,Replay=debug`.
 * @throws {Error} naming the part that cannot be read.
 */
export function parseLogLevels(text: string): ConfiguredLogLevels {
  const parts = text.split(',').map((part) => part.trim());
  const levels = new Map<string, LogLevel>();
  for (const part of parts.filter((one) => one !== '')) {
    const [name = '', level = ''] = part.split('=', 2).map((one) => one.trim());
    if (!loggerName.test(name) || !isLevel(level)) throw new Error(`"${part}": expected logger=level, a level of ${logLevels.join(', ')}`);
    if (levels.has(name.toLowerCase())) throw new Error(`"${part}": the logger stands there twice`);
    levels.set(name.toLowerCase(), level);
  }
  return levels;
}

/** What LOG_LEVELS says, for a logger that is made before the configuration is read: a bad one says nothing here, and fails the start. */
export function configuredLogLevels(text = process.env.LOG_LEVELS): ConfiguredLogLevels {
  try {
    return parseLogLevels(text ?? '');
  } catch {
    return new Map();
  }
}

/** The level of a logger: of the longest beginning of its name that has one, in any case; undefined: none has. The empty text fits all. */
export function levelFor<Entry>(name: string, entries: ReadonlyMap<string, Entry>, levelOf: (entry: Entry) => string): string | undefined {
  const lower = name.toLowerCase();
  let [best, level]: [number, string | undefined] = [-1, undefined];
  for (const [beginning, entry] of entries)
    if (beginning.length > best && lower.startsWith(beginning)) [best, level] = [beginning.length, levelOf(entry)];
  return level;
}

function isLevel(text: string): text is LogLevel {
  return (logLevels as readonly string[]).includes(text);
}
