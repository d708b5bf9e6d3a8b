import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { parseArguments } from './arguments.js';
import { demoValue, foldersOf, isPassedOn, loadSettings, realTargetOf } from './settings.js';
import { stackEnvironment } from './environment.js';
import { targetsFor, targetsOfStart } from './ledgers.js';
import { describeStack } from './stack.js';

describe('settings of the demo', () => {
  it('come from .env.demo, with the signing secret that the documentation names', () => {
    const endpoints = JSON.parse(demoValue(loadSettings(workspaceRoot, {}), 'STRIPE_ENDPOINTS')) as unknown;
    expect(endpoints).toEqual([
      { name: 'default', secrets: ['whsec_demo_tributary'], livemode: false, account: null, apiVersion: '2026-08-26.dahlia' },
    ]);
  });

  it('are overridden name by name, and nothing else of the environment gets in', () => {
    const { demo } = loadSettings(workspaceRoot, { LOG_LEVEL: 'debug', AWS_SECRET_ACCESS_KEY: 'x' });
    expect(demo.LOG_LEVEL).toBe('debug');
    expect(demo.KINETIC_COMPANY).toBe('EPIC06');
    expect(demo).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
  });

  it('are refused in production', () => {
    expect(() => loadSettings(workspaceRoot, { NODE_ENV: 'production' })).toThrow('NODE_ENV is production');
  });

  it('keep a second stack in a folder of its own', () => {
    expect(foldersOf('/w', { TRIBUTARY_STATE_DIR: '/tmp/other' }).run).toBe('/tmp/other/run');
    expect(foldersOf('/w', {}).data).toBe('/w/.tributary/data');
  });
});

describe('what the environment sets', () => {
  const kinetic = {
    KINETIC_URL: 'https://erp.example.test/kinetic',
    KINETIC_COMPANY: 'ACME',
    KINETIC_USER: 'integration',
    KINETIC_PASSWORD: 'a-password',
    KINETIC_API_KEY: 'a-key',
  };
  const stripe = { STRIPE_API_URL: 'https://api.stripe.com', STRIPE_API_KEY: 'rk_test_1', STRIPE_ENDPOINTS: '[]' };
  const environment = (env: Record<string, string>, without: string[] = []): ReturnType<typeof stackEnvironment> =>
    stackEnvironment(loadSettings(workspaceRoot, env), without);

  it('reaches every service that reads it: addresses of the targets and the folder of assets', () => {
    const env = environment({ ...kinetic, ...stripe, TRIBUTARY_ASSETS_DIR: '/my/assets' });
    expect(env.of('erp-sink')).toMatchObject({ ...kinetic, TRIBUTARY_ASSETS_DIR: '/my/assets' });
    expect(env.of('recon')).toMatchObject({ ...kinetic, TRIBUTARY_ASSETS_DIR: '/my/assets' });
    expect(env.of('transform')).toMatchObject({ ...stripe, TRIBUTARY_ASSETS_DIR: '/my/assets' });
    expect(env.of('erp-sink-stripe')).toMatchObject({ ...stripe, ERP_TARGET: 'stripe-main', ERP_KIND: 'stripe' });
  });

  it('wins for every variable of docs/configuration.md, except what the stack itself starts and decides', () => {
    const page = readFileSync(join(workspaceRoot, 'docs/configuration.md'), 'utf8');
    const names = new Set([...page.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, name]) => name as string));
    expect(names.size).toBeGreaterThan(50);
    const ofStack =
      /^(?:HTTP_(?:HOST|PORT|OVER_TLS|TLS_\w+)|SERVICE_(?:CA|CLIENT_CERT|CLIENT_KEY)_FILE|HEALTH_(?:HOST|PORT)|(?:IDENTITY_(?:JWKS|KEY)|SERVICE_KEY)(?:_FILE)?|IDENTITY_REVOCATIONS_URL)$/;
    const passedOn = [...names].filter((name) => !ofStack.test(name));
    expect(names.has('IDENTITY_JWKS_FILE')).toBe(true);
    for (const name of names) expect([name, isPassedOn(name)]).toEqual([name, !ofStack.test(name)]);
    const settings = loadSettings(workspaceRoot, Object.fromEntries([...names].map((name) => [name, `given-${name}`])));
    const database = ['DATABASE_URL', 'DATABASE_URL_FILE', 'DATABASE_MIGRATION_URL', 'DATABASE_MIGRATION_URL_FILE'];
    const infrastructure = [...database, 'KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL', 'TRANSFORM_URL', 'RECON_URL'];
    const sink = stackEnvironment(settings).of('erp-sink');
    for (const name of passedOn) if (!infrastructure.includes(name)) expect(sink[name]).toBe(`given-${name}`);
  });

  it('does not lead the stack to another broker or database, unless that part is left out', () => {
    const given = {
      KAFKA_BROKERS: 'broker.example.test:9092',
      DATABASE_URL: 'postgresql://other',
      DATABASE_MIGRATION_URL: 'postgresql://owner-of-other',
    };
    expect(environment(given).of('transform')).toMatchObject({ KAFKA_BROKERS: '127.0.0.1:19192' });
    expect(environment(given).of('transform').DATABASE_URL).toContain('@127.0.0.1:15532/');
    expect(environment(given).of('transform').DATABASE_MIGRATION_URL).toContain('@127.0.0.1:15532/');
    expect(environment(given, ['kafka', 'postgres']).of('transform')).toMatchObject(given);
    const inFile = { DATABASE_URL_FILE: '/secrets/url' };
    expect(environment(inFile).of('console')).toMatchObject({ DATABASE_URL_FILE: '' });
    for (const service of ['recon', 'console'] as const) {
      const { DATABASE_URL: url, DATABASE_URL_FILE: file } = environment(inFile, ['postgres']).of(service);
      expect([service, url, file]).toEqual([service, undefined, '/secrets/url']);
    }
  });

  it('brings no public value of the demo to a real target, and names what has to be set instead', () => {
    expect(() => loadSettings(workspaceRoot, { KINETIC_URL: kinetic.KINETIC_URL, KINETIC_COMPANY: 'ACME' })).toThrow(
      'KINETIC_URL is set, so the values of the demo for it are not used; set KINETIC_USER or ERP_OAUTH_TOKEN_URL or ERP_OAUTH_ISSUER, KINETIC_PASSWORD or KINETIC_PASSWORD_FILE or ERP_OAUTH_TOKEN_URL or ERP_OAUTH_ISSUER, KINETIC_API_KEY or KINETIC_API_KEY_FILE, too.',
    );
    expect(() => loadSettings(workspaceRoot, { STRIPE_API_URL: stripe.STRIPE_API_URL, STRIPE_API_KEY: 'rk_test_1' })).toThrow(
      'set STRIPE_ENDPOINTS or STRIPE_ENDPOINTS_FILE, too',
    );
    // The short limit of the demo is for the emulator.
    expect(environment(kinetic).of('erp-sink')).not.toHaveProperty('KINETIC_CALL_TIMEOUT_MS');
    expect(environment(stripe).of('erp-sink-stripe')).not.toHaveProperty('STRIPE_CALLS_PER_SECOND');
    expect(environment({ STRIPE_CALLS_PER_SECOND: '7' }).of('erp-sink-stripe')).toMatchObject({ STRIPE_CALLS_PER_SECOND: '7' });
  });

  it('uses the default address of Stripe when its emulator is left out', () => {
    expect(environment({}, ['emulator-stripe']).of('transform')).not.toHaveProperty('STRIPE_API_URL');
    expect(environment({}).of('transform').STRIPE_API_URL).toBe('http://127.0.0.1:4242');
  });

  it('names a real target, where no demo day may be booked; an address of this machine is none', () => {
    expect(realTargetOf(loadSettings(workspaceRoot, kinetic))).toBe('KINETIC_URL');
    expect(realTargetOf(loadSettings(workspaceRoot, { KINETIC_URL: 'http://127.0.0.1:9/kinetic' }))).toBeUndefined();
  });

  it('names files of keys, each to its own service, and never a key', () => {
    for (const service of ['ingest', 'transform', 'erp-sink', 'erp-sink-stripe', 'recon', 'console'] as const) {
      const told = environment({ IDENTITY_JWKS: '{"keys":[]}', SERVICE_KEY: 'a-key' }).of(service);
      expect(told.IDENTITY_JWKS_FILE).toBe(join(workspaceRoot, '.tributary/identity/jwks.json'));
      expect([told.IDENTITY_JWKS, told.SERVICE_KEY]).toEqual([undefined, undefined]);
    }
    expect(environment({}).of('recon').IDENTITY_REVOCATIONS_URL).toBe('http://127.0.0.1:4000/identity/revocations');
    expect(environment({}, ['console']).of('recon')).not.toHaveProperty('IDENTITY_REVOCATIONS_URL');
    expect(environment({}, ['identity']).of('recon')).not.toHaveProperty('IDENTITY_JWKS_FILE');
  });

  it('keeps keys and passwords from the console', () => {
    const secrets = Object.values({ ...kinetic, ...stripe }).filter((value) => value !== '[]');
    expect(Object.values(environment({ ...kinetic, ...stripe }).of('console')).filter((value) => secrets.includes(value))).toEqual([]);
  });
});

describe('the description of the stack', () => {
  const parts = describeStack(loadSettings(workspaceRoot, { TRIBUTARY_PORT_INGEST: '5010' }));

  it('lists the parts so that each comes after what it depends on', () => {
    const names = parts.map((part) => part.name);
    for (const part of parts) for (const other of part.dependsOn) expect(names.indexOf(other)).toBeLessThan(names.indexOf(part.name));
  });

  it('has the services in the order in which data walks, which is the order in which they drain', () => {
    expect(parts.filter((part) => part.kind === 'service').map((part) => part.name)).toEqual([
      'ingest',
      'transform',
      'erp-sink',
      'erp-sink-stripe',
      'recon',
      'console',
    ]);
  });

  it('puts every process on its own port', () => {
    const ports = parts.flatMap((part) => (part.kind === 'task' ? [] : part.port));
    expect(new Set(ports).size).toBe(ports.length);
    expect(ports).toContain(5010);
  });
});

describe('several ledgers', () => {
  const targets = targetsFor(['kinetic-main', 'sl-main', 'p21-main']);
  const settings = loadSettings(workspaceRoot, { TRIBUTARY_TARGETS: targets, SL_COMPANY: '0070' });

  it('are served by one sink and compared by recon, each at its emulator, and what the environment sets wins', () => {
    const env = stackEnvironment(settings);
    const list = 'kinetic-main=epicor-kinetic,sl-main=dynamics-sl,p21-main=prophet21';
    const addresses = { SL_URL: 'http://127.0.0.1:4302/sl', P21_URL: 'http://127.0.0.1:4303', SL_COMPANY: '0070' };
    expect(env.of('erp-sink')).toMatchObject({ ERP_TARGETS: list, ...addresses });
    expect(env.of('erp-sink')).not.toHaveProperty('ERP_TARGET');
    expect(env.of('recon')).toMatchObject({ RECON_LEDGERS: list, RECON_TARGETS: targets, ...addresses });
    expect(env.of('erp-sink-stripe')).toMatchObject({ ERP_TARGET: 'stripe-main' });
    expect(env.of('erp-sink-stripe')).not.toHaveProperty('ERP_TARGETS');
  });

  it('have an emulator each, and Kinetic alone has no other', () => {
    const emulators = (given: Record<string, string>): string[] =>
      describeStack(loadSettings(workspaceRoot, given)).flatMap(({ kind, name }) => (kind === 'emulator' ? [name] : []));
    expect(emulators({ TRIBUTARY_TARGETS: targets })).toEqual(expect.arrayContaining(['emulator-dynamics-sl', 'emulator-prophet21']));
    expect(emulators({})).toEqual(['emulator-stripe', 'emulator-epicor-kinetic']);
  });

  it('are all of them in a plain start, those that are named, and what the user says otherwise', () => {
    const start = { targets: [], without: [], assets: undefined };
    expect(targetsOfStart(start, {})).toEqual({ TRIBUTARY_TARGETS: targets });
    expect(targetsOfStart({ ...start, targets: ['sl-main'] }, { KINETIC_URL: 'x' })).toEqual({ TRIBUTARY_TARGETS: 'sl-main,stripe-main' });
    expect(targetsOfStart({ ...start, without: ['recon'] }, {})).toEqual({});
    expect(targetsOfStart({ ...start, assets: '/my/assets' }, {})).toEqual({});
    for (const name of ['TRIBUTARY_TARGETS', 'ERP_TARGET', 'KINETIC_URL']) expect(targetsOfStart(start, { [name]: 'x' })).toEqual({});
  });

  it('are named when there are none of that name', () => {
    expect(() => targetsFor(['sap-main'])).toThrow('--targets sap-main: there are kinetic-main, sl-main, p21-main');
  });
});

describe('arguments of npm start', () => {
  it('plays the day in the foreground unless told otherwise', () => {
    expect(parseArguments([])).toEqual({ detach: false, demo: true, without: [], targets: [], assets: undefined });
    expect(parseArguments(['--detach', '--no-demo', '--without', 'recon,console'])).toEqual({
      detach: true,
      demo: false,
      without: ['recon', 'console'],
      targets: [],
      assets: undefined,
    });
  });

  it('names an argument that it does not know, and the nearest one', () => {
    expect(() => parseArguments(['--detached'])).toThrow('There is no option "--detached". Did you mean "--detach"?');
  });

  it('takes a folder of assets relative to where the user is, and refuses one that is not there', () => {
    expect(parseArguments(['--assets', 'epicor-kinetic'], join(workspaceRoot, 'assets')).assets).toBe(
      join(workspaceRoot, 'assets', 'epicor-kinetic'),
    );
    expect(() => parseArguments(['--assets', 'nowhere'], '/tmp')).toThrow('--assets nowhere: there is no folder /tmp/nowhere');
  });
});
