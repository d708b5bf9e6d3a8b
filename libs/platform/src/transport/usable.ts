import { ConfigurationError } from '../configuration-error.js';

/** What reading configured files gives. @throws {ConfigurationError} with the message of whatever reading throws. */
export function usable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ConfigurationError([error instanceof Error ? error.message : String(error)]);
  }
}
