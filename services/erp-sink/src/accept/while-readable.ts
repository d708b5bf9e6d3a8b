import { Logger, ServiceUnavailableException } from '@nestjs/common';
import { DatabaseUnavailableError } from '@tributary/persistence';

const logger = new Logger('Ledger');

/** Reads the ledger for HTTP. @throws {ServiceUnavailableException} while PostgreSQL is unavailable. */
export async function whileReadable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DatabaseUnavailableError)) throw error;
    logger.warn(error.message); // it names the server, which is nothing for whoever asks
    throw new ServiceUnavailableException('the ledger cannot be read now: PostgreSQL does not answer');
  }
}
