import { at, chartFolder, envOf, findHelm, leastValues, merged, mountedSecrets, objectsOf, one, render } from './chart.js';
import type { Values } from './chart.js';

/** How a release reaches a Kafka, a registry and a PostgreSQL that ask who comes: by TLS, users and passwords, all by reference. */
const helm = findHelm();
const secret = (name: string, key = 'password') => ({ name, key });
const kafka = {
  tls: { enabled: true, caSecret: { name: 'kafka-ca' }, clientSecret: { name: 'kafka-client' } },
  sasl: {
    mechanism: 'scram-sha-512',
    username: 'tributary',
    passwordSecret: { name: 'kafka-all' },
    users: { ingest: { username: 'ingest', passwordSecret: secret('kafka-ingest') } },
  },
};
const schemaRegistry = { username: 'tributary', passwordSecret: { name: 'registry' }, caSecret: { name: 'registry-ca' } };
const postgresql = { caSecret: { name: 'database-ca' } };

function rendered(values: Values) {
  return render(helm as string, chartFolder, merged(leastValues, values));
}
(helm === undefined ? describe.skip : describe)('access by reference', () => {
  const objects = helm === undefined ? [] : objectsOf({ kafka, schemaRegistry, postgresql });
  const own = {
    KAFKA_TLS: 'true',
    KAFKA_CA_FILE: 'kafka-ca ca.crt',
    KAFKA_CLIENT_CERT_FILE: 'kafka-client tls.crt',
    KAFKA_CLIENT_KEY_FILE: 'kafka-client tls.key',
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    SCHEMA_REGISTRY_USERNAME: 'tributary',
    SCHEMA_REGISTRY_PASSWORD_FILE: 'registry password',
    SCHEMA_REGISTRY_CA_FILE: 'registry-ca ca.crt',
  };

  it.each([
    ['ingest', { KAFKA_USERNAME: 'ingest', KAFKA_PASSWORD_FILE: 'kafka-ingest password' }],
    ...['transform', 'recon', 'erp-sink-kinetic-main'].map((name): [string, object] => [
      name,
      { KAFKA_USERNAME: 'tributary', KAFKA_PASSWORD_FILE: 'kafka-all password', DATABASE_CA_FILE: 'database-ca ca.crt' },
    ]),
  ])('%s signs in as itself, with files', (name, more) => {
    const env = envOf(one(objects, 'Deployment', name));
    expect(env).toMatchObject({ ...own, ...more });
    expect('DATABASE_CA_FILE' in env).toBe(name !== 'ingest');
  });

  it('gives the console the certificates of PostgreSQL, and nothing of Kafka', () => {
    const env = envOf(one(objects, 'Deployment', 'console'));
    expect(env).toMatchObject({ DATABASE_CA_FILE: 'database-ca ca.crt' });
    expect(Object.keys(env).filter((name) => /^(KAFKA|SCHEMA)/.test(name))).toEqual([]);
  });

  it('lets the hook in, too', () => {
    const job = one(objects, 'Job', 'set-up');
    expect(envOf(job)).toMatchObject({ ...own, KAFKA_USERNAME: 'tributary', KAFKA_PASSWORD_FILE: 'kafka-all password' });
    expect([...mountedSecrets(job).keys()].length).toBe(6);
    const migrating = one(
      objectsOf({ kafka, schemaRegistry, postgresql: { ...postgresql, migrationUrlSecret: { name: 'owner' } } }),
      'Job',
      'set-up',
    );
    const [first] = at(migrating, 'spec.template.spec.initContainers') as { env: object[]; volumeMounts: object[] }[];
    expect(first?.env).toContainEqual({ name: 'DATABASE_CA_FILE', value: '/secrets/postgresql-ca.crt' });
    expect(first?.volumeMounts).toContainEqual({ name: 'secrets', mountPath: '/secrets', readOnly: true });
  });

  it('holds nothing of it where nothing is said', () => {
    const names = Object.keys(envOf(one(objectsOf({}), 'Deployment', 'transform')));
    expect(names.filter((name) => /^KAFKA_(TLS|SASL|CA|USER|PASS)|^SCHEMA_REGISTRY_(USER|PASS|CA)|^DATABASE_CA/.test(name))).toEqual([]);
  });

  it.each<[string, Values, RegExp]>([
    ['a user without a password', { kafka: { sasl: { mechanism: 'plain', username: 'a' } } }, /kafka\.sasl\.passwordSecret\.name/],
    ['a way of signing in that does not exist', { kafka: { sasl: { mechanism: 'gssapi' } } }, /mechanism/],
    ['a user of a service that does not exist', { kafka: { sasl: { users: { console: kafka.sasl.users.ingest } } } }, /console/],
    ['a password as a value', { kafka: { sasl: { password: 'x' } } }, /password/],
  ])('refuses %s, with its path', (_, values, said) => {
    const result = rendered(values);
    expect(result.ok ? 'rendered' : result.reason).toMatch(said);
  });
});
