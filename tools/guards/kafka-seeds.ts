import type { Seed } from './seed.js';

const imports = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

/** Violations of the rule that the Kafka client has one home. */
export const kafkaSeeds: readonly Seed[] = [
  // The Kafka client has one home.
  {
    refuses: 'the Kafka client outside of libs/messaging',
    file: 'services/recon/src/seed-25.ts',
    code: "export { Kafka } from 'kafkajs';",
    rule: imports,
    message: /Only libs\/messaging/,
  },
  {
    refuses: 'the Kafka client in emit/',
    file: 'services/ingest/src/emit/seed-26.ts',
    code: "export { Kafka } from 'kafkajs';",
    rule: imports,
    message: /Only libs\/messaging/,
  },
  {
    refuses: 'a Kafka connection that is put together by hand',
    file: 'services/recon/src/seed-33.ts',
    code: "export const connection = { brokers: 'a:1, b:2'.split(',') };",
    rule: syntax,
    message: /kafkaConnectionOf/,
  },
  {
    refuses: 'a Kafka publisher with metrics of its own',
    file: 'services/ingest/src/seed-34.ts',
    code: [
      "import { KafkaPublisher, noMetrics } from '@tributary/messaging';",
      "import type { KafkaPublisherOptions } from '@tributary/messaging';",
      'export const make = (options: KafkaPublisherOptions): KafkaPublisher => new KafkaPublisher({ ...options, metrics: noMetrics });',
    ].join('\n'),
    rule: syntax,
    message: /metrics and the log/,
  },
];
