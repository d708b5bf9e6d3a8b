import { randomBytes } from 'node:crypto';
import { KafkaPublisher } from '@tributary/messaging';
import { FactSeals } from '@tributary/platform';
import { sealing } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';

const newKey = (): string => randomBytes(32).toString('base64');

/** Keys of every service, as in production: messages are sealed, and stored payloads are encrypted. */
export const keys = {
  FACT_SEAL_KEYS: sealing.map((name) => `${name}=${newKey()}`).join(','),
  PAYLOAD_KEYS: `bench=${newKey()}`,
};

/** Publishes as transform does, so that a sink takes it. */
export function sealedPublisher({ brokers, registryUrl }: Pick<Stack, 'brokers' | 'registryUrl'>): KafkaPublisher {
  const seals = new FactSeals({ service: 'transform', keys: () => keys.FACT_SEAL_KEYS, warn: () => undefined });
  return new KafkaPublisher({ brokers, clientId: 'bench', registryUrl, seals });
}
