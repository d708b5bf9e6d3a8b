import { kafkaConnectionOf, kafkaEnvironment, listOf, loadConfig } from '@tributary/platform';
import { setUp } from './setup.js';

/**
 * `node tools/dist/stack/setup-cli.js`: topics and schemas where the stack runs elsewhere (docker-compose.yml, Kubernetes).
 * Exit code 1, and one sentence on standard error, when something is not as it should be. Reads KAFKA_BROKERS, SCHEMA_REGISTRY_URL and what protects both (docs/configuration.md), and TRIBUTARY_TARGETS (comma separated).
 */
async function main(): Promise<void> {
  const { KAFKA_BROKERS, SCHEMA_REGISTRY_URL, TRIBUTARY_TARGETS } = process.env;
  const missing = Object.entries({ KAFKA_BROKERS, SCHEMA_REGISTRY_URL, TRIBUTARY_TARGETS }).flatMap(([name, value]) =>
    value ? [] : [name],
  );
  if (missing.length > 0) throw new Error(`setting up topics and schemas: ${missing.join(', ')} not set`);
  const config = { ...loadConfig(kafkaEnvironment, process.env), TRIBUTARY_ENVIRONMENT: process.env.TRIBUTARY_ENVIRONMENT };
  const { brokers, ...access } = kafkaConnectionOf(config, 'set-up', (_level, text) => console.error(text));
  await setUp({
    brokers,
    access,
    registryUrl: SCHEMA_REGISTRY_URL as string,
    targets: listOf(TRIBUTARY_TARGETS as string),
    onProgress: (line) => console.log(line),
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  // What was given up may still hold a connection open, which would keep the process until the deadline of its Job.
  process.exit(1);
});
