import { topicCatalogue } from '@tributary/contracts';
import { TopicAdmin } from '@tributary/messaging';
import { registerSchemas } from '../contracts/register.js';

export interface SetUpOptions {
  /** host:port list. */
  readonly brokers: readonly string[];
  /** Confluent-compatible address. */
  readonly registryUrl: string;
  readonly targets: readonly string[];
  readonly onProgress?: (line: string) => void;
}

/** Topics and schemas, made or brought up to date; does nothing where all is as it should be. Services create neither. */
export async function setUp(options: SetUpOptions): Promise<void> {
  const say = options.onProgress ?? (() => undefined);
  await TopicAdmin.ensureTopics([...options.brokers], topicCatalogue({ targets: [...options.targets] }));
  say(`topics are as the catalogue says, for ${options.targets.join(', ')}`);
  await registerSchemas({ registryUrl: options.registryUrl, targets: [...options.targets], onProgress: say });
}
