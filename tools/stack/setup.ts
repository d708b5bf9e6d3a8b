import { topicsToMake } from '@tributary/contracts';
import { TopicAdmin } from '@tributary/messaging';
import { registerSchemas } from '../contracts/register.js';

/** The infrastructure to set up, and what it needs. */
export interface SetUpOptions {
  /** host:port list. */
  readonly brokers: readonly string[];
  /** Confluent-compatible address. */
  readonly registryUrl: string;
  readonly targets: readonly string[];
  readonly onProgress?: (line: string) => void;
}

/** Topics and schemas, made where they are missing; does nothing where all is as it should be. Services create neither. */
export async function setUp(options: SetUpOptions): Promise<void> {
  const { brokers, registryUrl, targets } = options;
  const say = options.onProgress ?? (() => undefined);
  const { created, existing } = await TopicAdmin.ensureTopics({ brokers, clientId: 'set-up' }, topicsToMake({ targets }));
  say(`topics: ${created.length} made, ${existing.length} were there`);
  await registerSchemas({ registryUrl, targets, onProgress: say });
}
