import { topicsToMake } from '@tributary/contracts';
import { TopicAdmin } from '@tributary/messaging';
import type { KafkaConnection } from '@tributary/messaging';
import { registerSchemas } from '../contracts/register.js';
import { publishCurrencies } from './currencies.js';

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

/** Topics, schemas and the reference table of currencies, made where they are missing; safe to repeat. Services create none of them. */
export async function setUp(options: SetUpOptions): Promise<void> {
  const { brokers, registryUrl, targets, access } = options;
  const say = options.onProgress ?? (() => undefined);
  const { created, existing } = await TopicAdmin.ensureTopics({ ...access, brokers, clientId: 'set-up' }, topicsToMake({ targets }));
  say(`topics: ${created.length} made, ${existing.length} were there`);
  const send = access?.registryFetch;
  await registerSchemas({ registryUrl, targets, onProgress: say, ...(send ? { send } : {}) });
  say(`currencies: ${await publishCurrencies({ ...access, brokers, registryUrl, clientId: 'set-up' })} described`);
}
