import { topicsToMake } from '@tributary/contracts';
import { TopicAdmin } from '@tributary/messaging';
import type { KafkaConnection } from '@tributary/messaging';
import { registerSchemas } from '../contracts/register.js';

/** The infrastructure to set up, and what it needs. */
export interface SetUpOptions {
  /** host:port list. */
  readonly brokers: readonly string[];
  /** How both are reached, where they ask for more than an address. */
  readonly access?: Pick<KafkaConnection, 'ssl' | 'sasl' | 'registryFetch'>;
  /** Confluent-compatible address. */
  readonly registryUrl: string;
  readonly targets: readonly string[];
  readonly onProgress?: (line: string) => void;
}

/** Topics and schemas, made where they are missing; does nothing where all is as it should be. Services create neither. */
export async function setUp(options: SetUpOptions): Promise<void> {
  const { brokers, registryUrl, targets, access } = options;
  const say = options.onProgress ?? (() => undefined);
  const { created, existing } = await TopicAdmin.ensureTopics({ ...access, brokers, clientId: 'set-up' }, topicsToMake({ targets }));
  say(`topics: ${created.length} made, ${existing.length} were there`);
  const send = access?.registryFetch;
  await registerSchemas({ registryUrl, targets, onProgress: say, ...(send ? { send } : {}) });
}
