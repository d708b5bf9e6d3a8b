import { createDataSource, payloadCipherOf } from '@tributary/persistence';
import type { PayloadKeysConfig } from '@tributary/persistence';
import { databaseFilesOf } from '@tributary/platform';
import type { DatabaseSecurityConfig } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { Ladder1700000000001 } from './migrations/0001-ladder.js';

const poolSize = 5;

/** The data source for blocked sequences and parked messages, the only data that transform stores. Not connected yet. */
export function ladderDatabase(
  config: DatabaseSecurityConfig & PayloadKeysConfig,
  warn: (text: string) => void = () => undefined,
): DataSource {
  return createDataSource({
    url: config.DATABASE_URL,
    files: databaseFilesOf(config),
    payloads: payloadCipherOf(config, warn),
    schema: 'transform',
    migrations: [Ladder1700000000001],
    poolSize,
  });
}
