import type { Provider } from '@nestjs/common';
import { consumerGroups } from '@tributary/contracts';
import { GroupAdmin, RecordReader } from '@tributary/messaging';
import type { KafkaConnection } from '@tributary/messaging';
import { listOf, registryFetchOf } from '@tributary/platform';
import type { ReconConfig } from '../recon.config.js';
import { reconGroup } from '../recon.topics.js';
import { GROUP_POSITIONS, GroupLagReader } from './emit/group-lag.reader.js';
import type { GroupPositions } from './emit/group-lag.reader.js';
import { MessageFinder, RECORD_ACCESS } from './emit/message-finder.js';
import type { RecordAccess } from './emit/message-finder.js';
import { MessageReader } from './emit/message.reader.js';
import { MessageRepository } from './emit/message.repository.js';
import { REGISTRY_ACCESS, SchemaVersions } from './emit/schema-versions.js';
import type { RegistryAccess } from './emit/schema-versions.js';

/** What shows messages: readers of single records and of the places of groups, beside the consumers of recon. */
export function messageProviders(config: ReconConfig, connection: KafkaConnection): Provider[] {
  const targets = listOf(config.RECON_TARGETS);
  const own = consumerGroups({ targets }).filter(({ name }) => name === reconGroup);
  const records: RecordAccess = { records: new RecordReader(connection), readable: new Set(own.flatMap(({ topics }) => topics)), targets };
  const positions: GroupPositions = { targets, ask: (groups) => GroupAdmin.positions(connection, groups) };
  const registry: RegistryAccess = { url: config.SCHEMA_REGISTRY_URL, fetch: registryFetchOf(config) };
  return [
    { provide: RECORD_ACCESS, useValue: records },
    { provide: GROUP_POSITIONS, useValue: positions },
    { provide: REGISTRY_ACCESS, useValue: registry },
    ...[MessageRepository, MessageFinder, SchemaVersions, MessageReader, GroupLagReader],
  ];
}
