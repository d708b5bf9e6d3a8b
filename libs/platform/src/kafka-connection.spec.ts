import fc from 'fast-check';
import { pino } from 'pino';
import { kafkaEnvironment, loadConfig } from './config.js';
import { isBrokerList, kafkaConnectionOf, listOf } from './kafka-connection.js';
import { messagingMetrics } from './messaging-metrics.js';

it.each([
  ['a:1,b:2', ['a:1', 'b:2']],
  [' a:1 , b:2 ', ['a:1', 'b:2']],
  ['a:1,\n  b:2,', ['a:1', 'b:2']],
  ['[::1]:9092', ['[::1]:9092']],
])('reads the brokers %j', (KAFKA_BROKERS, brokers) => {
  expect(kafkaConnectionOf({ KAFKA_BROKERS }, 'x', () => undefined).brokers).toEqual(brokers);
});

it('reads the same brokers however the list is spaced', () => {
  const broker = fc
    .tuple(fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/), fc.integer({ min: 1, max: 65_535 }))
    .map((parts) => parts.join(':'));
  const space = fc.stringMatching(/^[ \t\n]{0,3}$/);
  fc.assert(
    fc.property(fc.array(broker, { minLength: 1, maxLength: 5 }), space, space, (brokers, before, after) => {
      const text = brokers.map((one) => `${before}${one}${after}`).join(',');
      expect(listOf(text)).toEqual(brokers);
      expect(isBrokerList(text)).toBe(true);
    }),
  );
});

it.each(['', ' , ', 'a', 'a:', 'a:1 b:2', 'kafka://a:1', 'a:1,b', '::1:9092'])('refuses %j as KAFKA_BROKERS at start', (KAFKA_BROKERS) => {
  const load = (): unknown => loadConfig(kafkaEnvironment, { KAFKA_BROKERS, SCHEMA_REGISTRY_URL: 'http://registry:8080' });
  expect(load).toThrow(/KAFKA_BROKERS is (missing|not usable)/);
});

it('logs through pino at the level it is given, and counts in the registry of the process', () => {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const connection = kafkaConnectionOf({ KAFKA_BROKERS: 'a:1' }, 'recon', logger);
  connection.log('warn', 'a broker is slow', { broker: 'a:1' });
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 40, msg: 'a broker is slow', broker: 'a:1' });
  expect(connection).toMatchObject({ clientId: 'recon', metrics: messagingMetrics });
});

it('logs through a function where a command writes its own lines', () => {
  const lines: unknown[] = [];
  kafkaConnectionOf({ KAFKA_BROKERS: 'a:1' }, 'x', (...line) => void lines.push(line)).log('error', 'lost', { a: 1 });
  expect(lines).toEqual([['error', 'lost', { a: 1 }]]);
});
