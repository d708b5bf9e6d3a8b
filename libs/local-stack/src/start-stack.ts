import { shareStack } from './shared-stack.js';
import type { RunningStack } from './shared-stack.js';
import { startLocalStack } from './local-stack.js';
import { StackError } from './stack-error.js';
import type { Stack, StackOptions } from './stack-types.js';

/**
 * Real Kafka, registry and PostgreSQL for a test. Local processes unless TRIBUTARY_TEST_BACKEND=containers, which takes the official
 * images; the same tests pass on both. With TRIBUTARY_TEST_STACK (JSON `{brokers, registryUrl, databaseUrl}`) a running stack is used
 * instead, with a database of the test's own; `own`, `brokers: 3`, `tokens` and `brokerConfig` always start a new one.
 *
 * @throws StackError saying which part did not start, with the end of its log.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const running = process.env.TRIBUTARY_TEST_STACK;
  if (running && !options.own && options.brokers !== 3 && !options.tokens && !options.brokerConfig)
    return shareStack(JSON.parse(running) as RunningStack, options);
  const backend = process.env.TRIBUTARY_TEST_BACKEND || 'processes';
  if (backend === 'processes') return startLocalStack(options);
  if (backend !== 'containers') {
    throw new StackError(
      'stack.unknown-backend',
      `starting a test stack: TRIBUTARY_TEST_BACKEND is "${backend}"; there are processes and containers`,
    );
  }
  const { startContainerStack } = await import('./container-stack.js'); // only here: testcontainers takes a while to load
  return startContainerStack(options);
}
