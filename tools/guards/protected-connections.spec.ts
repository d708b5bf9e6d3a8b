import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Every connection of a service to PostgreSQL, Kafka and the registry is made from its protected configuration: `databaseFilesOf`,
 * `kafkaConnectionOf` and `registryFetchOf` read certificates and passwords, and refuse plaintext in production. Each file that opens a connection
 * is listed with what it opens; a connection that is opened without its protection is in nobody's list.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const opened: Readonly<Record<string, readonly string[]>> = {
  'services/console/src/identity/identity-database.ts': ['postgresql'],
  'services/erp-sink/src/erp-sink.module.ts': ['postgresql, protected by its callers'],
  'services/erp-sink/src/rebuild/main.ts': ['kafka', 'postgresql'],
  'services/erp-sink/src/target-sink.ts': ['kafka', 'postgresql'],
  'services/ingest/src/main.ts': ['kafka'],
  'services/recon/src/audit/main.ts': ['postgresql'],
  'services/recon/src/main.ts': ['kafka', 'postgresql'],
  'services/recon/src/rebuild/main.ts': ['kafka', 'postgresql'],
  'services/recon/src/recon.module.ts': ['registry'],
  'services/transform/src/emit/ladder-database.ts': ['postgresql'],
  'services/transform/src/transports.ts': ['kafka'],
};

/** Connections that the text of a file opens, each with "unprotected" where nothing protects it. */
function connectionsOf(text: string): readonly string[] {
  const databases = argumentsOf(text, /\b(?:createDataSource|ledgerDatabase)\(/g).map((given) => {
    if (/\bdatabaseFilesOf\(/.test(given)) return 'postgresql';
    return /^\{[^}]*\n? *files,/.test(given) ? 'postgresql, protected by its callers' : 'postgresql unprotected';
  });
  const others = argumentsOf(text, /\bnew (?:DataSource|Kafka|pg\.Pool|pg\.Client|Pool|Client)\(/g).map(
    () => 'a client of its own, unprotected',
  );
  const clients = argumentsOf(text, /\bnew Kafka(?:Publisher|Transport)\(/g).filter(
    (given) => !/^connection$|\.\.\.(?:this\.|\w+\.)?connection\b/.test(given),
  );
  const registries = argumentsOf(text, /\bnew RegistrySchemaIds\(/g).map((given) => {
    if (/connection\.registryFetch/.test(given)) return undefined;
    return /\bregistryFetchOf\(/.test(given) ? 'registry' : 'registry unprotected';
  });
  const kafka = /\bkafkaConnectionOf\(/.test(text) ? ['kafka'] : [];
  return [...new Set([...databases, ...others, ...clients.map(() => 'kafka unprotected'), ...registries, ...kafka])]
    .filter((connection) => connection !== undefined)
    .sort();
}

/** What stands between the brackets of each call; definitions (`function name(`) are no calls. */
function argumentsOf(text: string, call: RegExp): readonly string[] {
  return [...text.matchAll(call)].flatMap(({ index, 0: begin }) => {
    if (/function $/.test(text.slice(0, index))) return [];
    const start = index + begin.length;
    let depth = 1;
    let end = start;
    for (; depth > 0 && end < text.length; end += 1) depth += { '(': 1, ')': -1 }[text[end] as '(' | ')'] ?? 0;
    return [text.slice(start, end - 1)];
  });
}

it('is every connection of a service', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', 'services'], {
    cwd: root,
    encoding: 'utf8',
  });
  const product = files.split('\n').filter((file) => /\/src\/.*\.ts$/.test(file) && !/\/testing\/|\/web\/|spec\.ts$/.test(file));
  expect(product.length).toBeGreaterThan(100);
  const found = product.map((file) => [file, connectionsOf(readFileSync(join(root, file), 'utf8'))] as const);
  expect(Object.fromEntries(found.filter(([, connections]) => connections.length > 0))).toEqual(opened);
});

it.each([
  ["createDataSource({ url, schema: 'console', migrations })", ['postgresql unprotected']],
  ['ledgerDatabase(config.DATABASE_URL, poolSize)', ['postgresql unprotected']],
  ['ledgerDatabase(config.DATABASE_URL, poolSize, databaseFilesOf(config))', ['postgresql']],
  ['createDataSource({ url, files: databaseFilesOf(config) })', ['postgresql']],
  ['new KafkaPublisher({ brokers, clientId })', ['kafka unprotected']],
  ['const c = kafkaConnectionOf(config); new KafkaPublisher({ ...connection, codec })', ['kafka']],
  ['new RegistrySchemaIds(config.SCHEMA_REGISTRY_URL)', ['registry unprotected']],
  ['new pg.Pool({ connectionString })', ['a client of its own, unprotected']],
] as const)('%s opens %j', (text, expected) => {
  expect(connectionsOf(text)).toEqual(expected);
});
