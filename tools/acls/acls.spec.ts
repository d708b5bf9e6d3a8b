import { understand } from '#commands/command-line.mjs';
import { parseAllDocuments } from 'yaml';
import { printAcls } from './command.js';

function run(...args: string[]): { readonly code: number; readonly out: string; readonly error: string } {
  const understood = understand(['tributary', 'acls', ...args]);
  if (understood.kind !== 'run') throw new Error(JSON.stringify(understood));
  const [out, error]: [string[], string[]] = [[], []];
  const code = printAcls(understood, { out: (text) => out.push(text), error: (text) => error.push(text) });
  return { code, out: out.join('\n'), error: error.join('\n') };
}

const admin = 'kafka-acls.sh --bootstrap-server "$KAFKA_BROKERS" --command-config "$KAFKA_ADMIN_CONFIG" --add --force';

it('prints lines for the tool of Kafka, and who has no rights', () => {
  const { code, out, error } = run('--target', 'main', '--principal', 'ingest=User:the-door');
  expect([code, out]).toEqual([
    0,
    `${admin} --allow-principal 'User:the-door' --operation Write --resource-pattern-type literal --topic 'stripe.events.v1'`,
  ]);
  expect(error).toBe('no principal, so no rights, for transform, erp-sink-main, recon, recon-rebuild, erp-sink-rebuild, scaler, set-up');
});

it('prints rights of several clients and targets', () => {
  const { out } = run(
    '--target',
    'main',
    '--target',
    'other',
    '--principal',
    'erp-sink-other=User:b',
    '--principal',
    'erp-sink-rebuild=User:c',
  );
  const lines = out.split('\n');
  expect(lines).toContain(
    `${admin} --allow-principal 'User:b' --operation Read --resource-pattern-type literal --group 'tributary-sink-other'`,
  );
  expect(lines).toContain(
    `${admin} --allow-principal 'User:c' --operation Delete --operation Read --resource-pattern-type prefixed --group 'tributary-reader-'`,
  );
  expect(lines.filter((line) => line.includes('User:b')).join()).not.toContain('postings.main');
});

it('prints users for Strimzi', () => {
  const { out } = run(
    '--target',
    'main',
    '--strimzi',
    'events',
    '--principal',
    'ingest=User:ingest',
    '--principal',
    'erp-sink-rebuild=User:again',
  );
  const [ingest, again] = parseAllDocuments(out).map((document) => document.toJS() as { spec: { authorization: { acls: object[] } } });
  expect(ingest).toEqual({
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaUser',
    metadata: { name: 'ingest', labels: { 'strimzi.io/cluster': 'events' } },
    spec: {
      authorization: {
        type: 'simple',
        acls: [{ resource: { type: 'topic', name: 'stripe.events.v1', patternType: 'literal' }, operations: ['Write'] }],
      },
    },
  });
  expect(again?.spec.authorization.acls).toContainEqual({
    resource: { type: 'group', name: 'tributary-reader-', patternType: 'prefix' },
    operations: ['Delete', 'Read'],
  });
});

it.each([
  [['--principal', 'ingest=User:a'], '--target is missing'],
  [['--target', 'main'], '--principal is missing'],
  [['--target', 'Main', '--principal', 'ingest=User:a'], '--target Main: expected small letters'],
  [
    ['--target', 'main', '--principal', 'desk=User:a'],
    'there is no client of that name. There are: ingest, transform, erp-sink-main, recon,',
  ],
  [['--target', 'main', '--principal', 'ingest'], 'there is no client of that name'],
  [['--target', 'main', '--principal', "ingest=User:a'; x"], 'expected a principal like User:ingest'],
  [['--target', 'main', '--strimzi', 'events', '--principal', 'ingest=User:CN=ingest'], 'the name of a KafkaUser'],
  [['--target', 'main', '--principal', 'ingest=User:a', '--prune'], '--prune and --yes go with --apply'],
  [['--target', 'main', '--principal', 'ingest=User:a', '--apply', '--strimzi', 'events'], 'use one of them'],
])('refuses %j, and prints no rights', (args, problem) => {
  const { code, out, error } = run(...args);
  expect([code, out]).toEqual([2, '']);
  expect(error).toContain(problem);
});
