import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { parse } from 'yaml';
import {
  at,
  chartFolder,
  envOf,
  findHelm,
  kubernetesVersions,
  leastValues,
  merged,
  mountedSecrets,
  objectsOf,
  one,
  render,
} from './chart.js';
import type { KubernetesObject, Values } from './chart.js';

const helm = findHelm();
const deployments = ['ingest', 'transform', 'recon', 'console', 'erp-sink-kinetic-main', 'erp-sink-stripe-main'] as const;

const container = 'spec.template.spec.containers.0';
// Without helm there is nothing to render with: the tests say that they were skipped.
(helm === undefined ? describe.skip : describe)('the Helm chart', () => {
  const shipped = helm === undefined ? [] : objectsOf();

  it.each(kubernetesVersions)('renders for Kubernetes %s, every object once and with its labels', (version) => {
    const objects = objectsOf({}, version);
    const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const object of objects) {
      expect(object.metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'tributary', 'app.kubernetes.io/instance': 'demo' });
      expect(object.metadata.name.length).toBeLessThanOrEqual(63);
    }
  });

  it('makes one Deployment per service and one erp-sink per target, and nothing else that runs', () => {
    const running = shipped.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
    expect(running.sort()).toEqual(deployments.map((name) => `demo-tributary-${name}`).sort());
  });

  it('carries no secret: neither a Secret nor a value of one', () => {
    expect(shipped.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    expect(JSON.stringify(shipped)).not.toMatch(/sk_|rk_|whsec_|postgres:\/\//);
  });

  describe.each(deployments)('%s', (name) => {
    const deployment = helm === undefined ? ({} as KubernetesObject) : one(shipped, 'Deployment', name);

    it('fits Pod Security "restricted"', () => {
      expect(at(deployment, 'spec.template.spec.securityContext')).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(at(deployment, `${container}.securityContext`)).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    });

    it('gets no token of the Kubernetes API and no service links', () => {
      expect(at(deployment, 'spec.template.spec.automountServiceAccountToken')).toBe(false);
      expect(at(deployment, 'spec.template.spec.enableServiceLinks')).toBe(false);
    });

    it('has three probes, each with a path of its own', () => {
      const ports = ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) =>
        at(deployment, `${container}.${probe}.httpGet.port`),
      );
      expect(ports).toEqual(['health', 'health', 'health']);
      expect(at(deployment, `${container}.ports.1`)).toEqual({ name: 'health', containerPort: 9090 });
      expect(envOf(deployment)).toMatchObject({ HEALTH_PORT: '9090' });
      expect(at(one(shipped, 'Service', name), 'spec.ports.1')).toEqual({ name: 'health', port: 9090, targetPort: 'health' });
      const paths = ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) =>
        at(deployment, `${container}.${probe}.httpGet.path`),
      );
      expect(paths).toEqual(['/startup', '/ready', '/live']);
    });

    it('gets longer to drain than a drain may take', () => {
      expect(at(deployment, 'spec.template.spec.terminationGracePeriodSeconds')).toBeGreaterThan(25);
    });

    it('is replaced without a gap, has a memory limit, and writes to /tmp only', () => {
      expect(at(deployment, 'spec.strategy.rollingUpdate')).toEqual({ maxUnavailable: 0, maxSurge: 1 });
      expect(at(deployment, `${container}.resources.limits.memory`)).toMatch(/Mi$/);
      expect(at(deployment, `${container}.volumeMounts`)).toEqual([
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'identity', mountPath: '/identity', readOnly: true },
        { name: 'secrets', mountPath: '/secrets', readOnly: true },
      ]);
    });

    it('starts its own program, on the port that its Service has', () => {
      const entry = name.startsWith('erp-sink') ? 'erp-sink' : name;
      expect((at(deployment, `${container}.args`) as string[]).at(-1)).toBe(`services/${entry}/dist/main.js`);
      const port = at(one(shipped, 'Service', name), 'spec.ports.0.port');
      expect(at(deployment, `${container}.ports.0.containerPort`)).toBe(port);
      expect(envOf(deployment)).toMatchObject({ HTTP_HOST: '0.0.0.0', HTTP_PORT: String(port) });
    });

    it('runs in production, so that the secrets of the demo are refused', () => {
      expect(envOf(deployment)).toMatchObject({ TRIBUTARY_ENVIRONMENT: 'prod', NODE_ENV: 'production' });
    });

    it('is spread over nodes', () => {
      expect(at(deployment, 'spec.template.spec.topologySpreadConstraints.0.topologyKey')).toBe('kubernetes.io/hostname');
    });

    it('is selected by its own Service and by its own NetworkPolicy only', () => {
      const labels = at(deployment, 'spec.template.metadata.labels');
      expect(labels).toMatchObject(at(one(shipped, 'Service', name), 'spec.selector') as object);
      const selecting = shipped
        .filter(({ kind }) => kind === 'NetworkPolicy')
        .filter((policy) => {
          const selector = at(policy, 'spec.podSelector.matchLabels') as Record<string, string>;
          return Object.entries(selector).every(([key, value]) => (labels as Record<string, string>)[key] === value);
        });
      expect(selecting.map(({ metadata }) => metadata.name).sort()).toEqual(
        ['demo-tributary-default-deny', `demo-tributary-${name}`].sort(),
      );
    });
  });

  it.each([
    [
      'ingest',
      {
        STRIPE_ENDPOINTS_FILE: 'stripe STRIPE_ENDPOINTS',
        KAFKA_BROKERS: 'kafka-0:9092,kafka-1:9092',
        RECON_URL: 'http://demo-tributary-recon:4040',
      },
    ],
    [
      'transform',
      {
        RECON_URL: 'http://demo-tributary-recon:4040',
        DATABASE_URL_FILE: 'database DATABASE_URL',
        STRIPE_API_KEY_FILE: 'stripe STRIPE_API_KEY',
      },
    ],
    [
      'recon',
      {
        RECON_TARGETS: 'kinetic-main,stripe-main',
        ERP_KIND: 'epicor-kinetic',
        TRANSFORM_URL: 'http://demo-tributary-transform:4020',
        KINETIC_COMPANY: 'EPIC06',
        // It compares the clearing account with the balance at Stripe.
        STRIPE_API_URL: 'https://api.stripe.com',
        STRIPE_API_KEY_FILE: 'stripe STRIPE_API_KEY',
        KINETIC_PASSWORD_FILE: 'kinetic password',
      },
    ],
    [
      'console',
      {
        RECON_URL: 'http://demo-tributary-recon:4040',
        ERP_SINK_URLS:
          'kinetic-main=http://demo-tributary-erp-sink-kinetic-main:4030,stripe-main=http://demo-tributary-erp-sink-stripe-main:4030',
        DATABASE_URL_FILE: 'database DATABASE_URL',
      },
    ],
    [
      'erp-sink-kinetic-main',
      {
        ERP_TARGET: 'kinetic-main',
        ERP_KIND: 'epicor-kinetic',
        RECON_URL: 'http://demo-tributary-recon:4040',
        KINETIC_PASSWORD_FILE: 'kinetic password',
      },
    ],
    ['erp-sink-stripe-main', { ERP_TARGET: 'stripe-main', ERP_KIND: 'stripe', STRIPE_API_KEY_FILE: 'stripe WRITE_KEY' }],
  ])('%s gets its own settings', (name, expected) => {
    expect(envOf(one(shipped, 'Deployment', name))).toMatchObject(expected);
  });

  it.each(deployments)('%s: no variable is there twice', (name) => {
    const names = (at(one(shipped, 'Deployment', name), `${container}.env`) as { name: string }[]).map((entry) => entry.name);
    expect(names.filter((each, index) => names.indexOf(each) !== index)).toEqual([]);
  });

  describe('with certificates of the services', () => {
    const services = { secret: { name: 'services-tls' }, secrets: { recon: 'recon-tls' } };
    const objects = helm === undefined ? [] : objectsOf({ allowPlaintext: [], tls: { services } });

    it.each(deployments)('%s is served over TLS with the files of its Secret, and probed on its plain port', (name) => {
      const deployment = one(objects, 'Deployment', name);
      expect(envOf(deployment)).toMatchObject({
        HTTP_TLS_CERT_FILE: '/tls/tls.crt',
        HTTP_TLS_KEY_FILE: '/tls/tls.key',
        SERVICE_CA_FILE: '/tls/ca.crt',
        SERVICE_CLIENT_CERT_FILE: '/tls/tls.crt',
        SERVICE_CLIENT_KEY_FILE: '/tls/tls.key',
      });
      expect(at(deployment, `${container}.volumeMounts`)).toContainEqual({ name: 'tls', mountPath: '/tls', readOnly: true });
      expect(at(deployment, 'spec.template.spec.volumes')).toContainEqual({
        name: 'tls',
        secret: {
          secretName: name === 'recon' ? 'recon-tls' : 'services-tls',
          defaultMode: 0o440,
          items: ['tls.crt', 'tls.key', 'ca.crt'].map((key) => ({ key, path: key })),
        },
      });
      expect(at(deployment, `${container}.readinessProbe.httpGet`)).toEqual({ path: '/ready', port: 'health' });
    });

    it('asks callers for a certificate where only services call, unless it is told not to', () => {
      const asking = (given: readonly KubernetesObject[]): string[] =>
        deployments.filter((name) => 'HTTP_TLS_CLIENT_CA_FILE' in envOf(one(given, 'Deployment', name)));
      expect(asking(objects)).toEqual(['transform', 'recon', 'erp-sink-kinetic-main', 'erp-sink-stripe-main']);
      expect(asking(objectsOf({ tls: { services: { ...services, mutual: false } } }))).toEqual([]);
    });

    it('has every service call the others by https', () => {
      const addresses = JSON.stringify(objects.filter(({ kind }) => kind === 'Deployment')).match(/https?:\/\/demo-tributary-[a-z-]+:\d+/g);
      expect([...new Set(addresses)].sort()).toEqual([
        'https://demo-tributary-console:4000',
        'https://demo-tributary-erp-sink-kinetic-main:4030',
        'https://demo-tributary-erp-sink-stripe-main:4030',
        'https://demo-tributary-recon:4040',
        'https://demo-tributary-transform:4020',
      ]);
    });
  });

  it('gives each service the role of its own, and the owner of the schemas to the hook alone', () => {
    const own = (name: string) => ({ urlSecret: { name } });
    const services = { transform: own('of-transform'), erpSink: own('of-erp-sink'), recon: own('of-recon'), console: own('of-console') };
    const objects = objectsOf({ postgresql: { urlSecret: { name: '' }, migrationUrlSecret: { name: 'owner' }, services } });
    const secretOf = (name: string): unknown => String(envOf(one(objects, 'Deployment', name)).DATABASE_URL_FILE).split(' ')[0];
    expect(deployments.filter((name) => name !== 'ingest').map(secretOf)).toEqual([
      'of-transform',
      'of-recon',
      'of-console',
      'of-erp-sink',
      'of-erp-sink',
    ]);
    for (const name of deployments) expect(JSON.stringify(one(objects, 'Deployment', name).spec)).not.toContain('"owner"');
    const migrations = at(one(objects, 'Job', 'set-up'), 'spec.template.spec.initContainers') as { args: string[]; env: object[] }[];
    expect(migrations.map(({ args }) => args)).toEqual(
      ['transform', 'erp-sink', 'recon', 'console'].map((name) => [`services/${name}/dist/migrate.js`]),
    );
    for (const { env } of migrations) {
      const owner = { secretKeyRef: { name: 'owner', key: 'DATABASE_MIGRATION_URL' } };
      expect(env).toContainEqual({ name: 'DATABASE_MIGRATION_URL', valueFrom: owner });
      expect(env).toContainEqual({ name: 'TRIBUTARY_ENVIRONMENT', value: 'prod' });
    }
    const reached = at(one(objects, 'NetworkPolicy', 'set-up'), 'spec.egress') as { ports: { port: unknown }[] }[];
    expect(reached.flatMap(({ ports }) => ports.map(({ port }) => port))).toContain(5432);
  });

  it('makes no migration beforehand where services make their own', () => {
    expect(at(one(shipped, 'Job', 'set-up'), 'spec.template.spec.initContainers')).toBeUndefined();
  });

  it('ingest holds no connection to the database', () => {
    expect(Object.keys(envOf(one(shipped, 'Deployment', 'ingest'))).filter((name) => name.startsWith('DATABASE'))).toEqual([]);
  });

  it.each(deployments)('%s reads its secrets from files that are mounted, read-only and readable for its group alone', (name) => {
    const deployment = one(shipped, 'Deployment', name);
    const env = at(deployment, `${container}.env`) as { name: string; value?: string; valueFrom?: unknown }[];
    expect(env.filter(({ valueFrom }) => valueFrom !== undefined)).toEqual([]);
    const named = env.flatMap(({ value }) => (value?.startsWith('/secrets/') ? [value] : []));
    expect(named.length).toBeGreaterThan(0);
    expect([...mountedSecrets(deployment).keys()].sort()).toEqual(named.sort());
    expect(at(deployment, `${container}.volumeMounts`)).toContainEqual({ name: 'secrets', mountPath: '/secrets', readOnly: true });
    const volumes = at(deployment, 'spec.template.spec.volumes') as { name: string; projected?: unknown }[];
    expect(volumes.find((volume) => volume.name === 'secrets')?.projected).toMatchObject({ defaultMode: 0o440 });
  });

  it('gives a setting that is no secret, and comes from a Secret all the same, as a variable', () => {
    const [kinetic] = leastValues.targets;
    const objects = objectsOf({ targets: [{ ...kinetic, secretEnv: { KINETIC_USER: { name: 'kinetic', key: 'user' } } }] });
    expect(envOf(one(objects, 'Deployment', 'erp-sink-kinetic-main'))).toMatchObject({
      KINETIC_USER: { secretKeyRef: { name: 'kinetic', key: 'user' } },
    });
  });

  describe('keys', () => {
    const own: Readonly<Record<(typeof deployments)[number], Readonly<Record<string, string>>>> = {
      ingest: {},
      transform: { SERVICE_KEY_FILE: 'transform.key.json' },
      recon: { SERVICE_KEY_FILE: 'recon.key.json' },
      console: { SERVICE_KEY_FILE: 'console-service.key.json', IDENTITY_KEY_FILE: 'console.key.json' },
      'erp-sink-kinetic-main': { SERVICE_KEY_FILE: 'erp-sink.key.json' },
      'erp-sink-stripe-main': { SERVICE_KEY_FILE: 'erp-sink.key.json' },
    };
    it.each(deployments)('%s is given the public keys and its own, as files, and no other', (name) => {
      const deployment = one(shipped, 'Deployment', name);
      const volumes = at(deployment, 'spec.template.spec.volumes') as { name: string; secret?: unknown }[];
      const sealed = name === 'console' ? [] : ['fact-seal-keys']; // the console writes to no topic
      const encrypted = ['console', 'ingest'].includes(name) ? [] : ['payload-keys']; // these two store no payload
      const files = ['jwks.json', ...Object.values(own[name]).sort(), ...sealed, ...encrypted];
      expect(volumes.find((volume) => volume.name === 'identity')?.secret).toMatchObject({
        secretName: 'keys',
        defaultMode: 0o440,
        items: expect.arrayContaining(files.map((file) => ({ key: file, path: file }))) as unknown,
      });
      expect(
        at(
          volumes.find((volume) => volume.name === 'identity'),
          'secret.items',
        ),
      ).toHaveLength(files.length);
      const told = Object.entries(envOf(deployment)).filter(([variable]) => /^(IDENTITY|SERVICE)_\w+_FILE$|^SERVICE_KEY/.test(variable));
      expect(Object.fromEntries(told)).toEqual({
        IDENTITY_JWKS_FILE: '/identity/jwks.json',
        ...Object.fromEntries(Object.entries(own[name]).map(([variable, file]) => [variable, `/identity/${file}`])),
      });
    });

    it('seal what services write, from a time on where earlier messages have no seal', () => {
      const wanted = { FACT_SEAL_KEYS_FILE: '/identity/fact-seal-keys' };
      const upgraded = objectsOf({ kafka: { sealsRequiredFrom: '2026-12-01T00:00:00Z' } });
      for (const name of deployments.filter((each) => each !== 'console')) {
        expect(envOf(one(shipped, 'Deployment', name))).toMatchObject(wanted);
        expect(envOf(one(shipped, 'Deployment', name))).not.toHaveProperty('FACT_SEAL_REQUIRED_FROM');
        expect(envOf(one(upgraded, 'Deployment', name))).toMatchObject({ FACT_SEAL_REQUIRED_FROM: '2026-12-01T00:00:00Z' });
      }
      expect(envOf(one(shipped, 'Deployment', 'console'))).not.toHaveProperty('FACT_SEAL_KEYS_FILE');
    });

    it('encrypt the payloads that a service stores, and are kept from those that store none', () => {
      for (const name of deployments) {
        const told = envOf(one(shipped, 'Deployment', name)).PAYLOAD_KEYS_FILE;
        expect([name, told]).toEqual([name, ['console', 'ingest'].includes(name) ? undefined : '/identity/payload-keys']);
      }
    });

    it('let all that verify tokens ask the console which were withdrawn', () => {
      for (const name of ['transform', 'recon', 'erp-sink-kinetic-main', 'erp-sink-stripe-main'])
        expect(envOf(one(shipped, 'Deployment', name))).toMatchObject({
          IDENTITY_REVOCATIONS_URL: 'http://demo-tributary-console:4000/identity/revocations',
        });
    });
  });

  describe('network policies', () => {
    const policyOf = (name: string, values: Values = {}): KubernetesObject => one(objectsOf(values), 'NetworkPolicy', name);
    const portsOut = (policy: KubernetesObject): unknown[] =>
      (at(policy, 'spec.egress') as { ports: { port: unknown }[] }[])
        .flatMap(({ ports }) => ports.map(({ port }) => port))
        .filter((port) => port !== 53 && port !== 5353);
    const callersOf = (policy: KubernetesObject): unknown[] =>
      ((at(policy, 'spec.ingress') ?? []) as { from: unknown[] }[])
        .flatMap(({ from }) => from)
        .map((peer) => at(peer, 'podSelector.matchLabels'))
        .map((labels) => (labels as Record<string, string>)['app.kubernetes.io/component']);

    it('begin with nothing in and nothing out', () => {
      const policy = one(shipped, 'NetworkPolicy', 'default-deny');
      expect(policy.spec).toEqual({
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'tributary', 'app.kubernetes.io/instance': 'demo' } },
        policyTypes: ['Ingress', 'Egress'],
      });
    });

    it.each([
      ['ingest', [9092, 8080, 'http']],
      ['transform', [9092, 8080, 5432, 443, 'http', 'http']],
      ['recon', [9092, 8080, 5432, 'http', 443, 'http']],
      ['console', [5432, 'http', 'http', 'http']],
      ['erp-sink-kinetic-main', [9092, 8080, 5432, 'http', 'http', 443]],
      ['erp-sink-stripe-main', [9092, 8080, 5432, 'http', 'http']],
      ['set-up', [9092, 8080]],
      ['check', ['health']],
    ])('%s reaches exactly what it needs', (name, ports) => {
      expect(portsOut(one(shipped, 'NetworkPolicy', name))).toEqual(ports);
    });

    it.each([
      ['ingest', ['check']],
      ['transform', ['recon', 'check']],
      ['recon', ['ingest', 'transform', 'console', 'erp-sink-kinetic-main', 'erp-sink-stripe-main', 'check']],
      ['console', ['erp-sink-kinetic-main', 'erp-sink-stripe-main', 'recon', 'transform', 'check']],
      ['erp-sink-kinetic-main', ['console', 'check']],
      ['set-up', []],
      ['check', []],
    ])('%s is reached by nobody else', (name, callers) => {
      expect(callersOf(one(shipped, 'NetworkPolicy', name))).toEqual(callers);
    });

    it('let in the check and whoever reads metrics at the port of health only, and callers at the other', () => {
      for (const name of deployments) {
        const rules = at(policyOf(name, { networkPolicy: { metricsFrom: [{ podSelector: {} }] } }), 'spec.ingress') as {
          from: unknown[];
          ports: { port: string }[];
        }[];
        const health = rules.filter(({ ports }) => ports.some(({ port }) => port === 'health'));
        expect(health).toHaveLength(1);
        expect(health[0]?.ports).toEqual([{ port: 'health' }]);
        expect(health[0]?.from).toHaveLength(2);
        expect(JSON.stringify(rules.filter((rule) => rule !== health[0]))).not.toContain('"check"');
      }
    });

    it('let in from outside only at the two doors', () => {
      const ingressFrom = [{ namespaceSelector: { matchLabels: { door: 'front' } } }];
      const open = deployments.filter((name) =>
        JSON.stringify(policyOf(name, { networkPolicy: { ingressFrom } }).spec).includes('"door":"front"'),
      );
      expect(open).toEqual(['ingest', 'console']);
    });

    it('let metrics be read where it is said', () => {
      const metricsFrom = [{ namespaceSelector: { matchLabels: { watch: 'metrics' } } }];
      const open = deployments.filter((name) =>
        JSON.stringify(policyOf(name, { networkPolicy: { metricsFrom } }).spec).includes('"watch":"metrics"'),
      );
      expect(open).toEqual([...deployments]);
    });

    it('keep the Stripe API away from private addresses unless a peer is named', () => {
      expect(JSON.stringify(one(shipped, 'NetworkPolicy', 'transform').spec)).toContain('"169.254.0.0/16"');
      const named = policyOf('transform', { networkPolicy: { stripe: { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] } } });
      expect(JSON.stringify(named.spec)).not.toContain('169.254.0.0/16');
    });

    it.each(['kafka', 'schemaRegistry', 'postgresql'])('%s may be narrowed to peers', (destination) => {
      const policy = policyOf('recon', { networkPolicy: { [destination]: { to: [{ ipBlock: { cidr: '198.51.100.7/32' } }] } } });
      expect(JSON.stringify(policy.spec)).toContain('198.51.100.7/32');
    });

    it('are left out when they are switched off', () => {
      expect(objectsOf({ networkPolicy: { enabled: false } }).filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
    });

    it('let spans out only with a collector', () => {
      expect(portsOut(policyOf('console', { otlpEndpoint: 'http://collector:4318' }))).toEqual([5432, 'http', 'http', 'http', 4318]);
    });
  });

  describe('signing in', () => {
    const oidc = { issuer: 'https://id.example.test', clientId: 'tributary', groups: { finance: ['viewer', 'accountant@kinetic-main'] } };
    const console = { url: 'https://console.example.test' };

    it('is told to the console, and to nobody else', () => {
      const objects = objectsOf({
        oidc: { ...oidc, clientSecret: { name: 'provider' } },
        console: { ...console, trustedProxies: ['10.0.0.0/8'] },
      });
      expect(envOf(one(objects, 'Deployment', 'console'))).toMatchObject({
        CONSOLE_URL: 'https://console.example.test',
        HTTP_OVER_TLS: 'true',
        TRUSTED_PROXIES: '10.0.0.0/8',
        OIDC_ISSUER: 'https://id.example.test',
        OIDC_CLIENT_ID: 'tributary',
        OIDC_CLIENT_SECRET_FILE: 'provider OIDC_CLIENT_SECRET',
        OIDC_GROUPS: '{"finance":["viewer","accountant@kinetic-main"]}',
      });
      for (const name of deployments.filter((each) => each !== 'console'))
        expect(Object.keys(envOf(one(objects, 'Deployment', name))).filter((each) => /^(OIDC|CONSOLE|SET_UP)_/.test(each))).toEqual([]);
    });

    it('needs neither a provider nor an address: people of this installation, by a port that is forwarded', () => {
      const names = Object.keys(envOf(one(shipped, 'Deployment', 'console')));
      expect(names.filter((each) => /^(OIDC_|CONSOLE_URL|SET_UP_CODE|HTTP_OVER_TLS)/.test(each))).toEqual([]);
    });

    it('takes the address of the console from its Ingress, when that has a certificate', () => {
      const published = { consoleIngress: { enabled: true, host: 'console.example.test', tlsSecret: 'certificate' } };
      expect(envOf(one(objectsOf(published), 'Deployment', 'console'))).toMatchObject({ CONSOLE_URL: 'https://console.example.test' });
    });

    it('reaches the provider, and no private address unless it is named', () => {
      const policy = one(objectsOf({ oidc, console }), 'NetworkPolicy', 'console');
      expect(JSON.stringify(policy.spec)).toContain('"169.254.0.0/16"');
      expect(JSON.stringify(one(shipped, 'NetworkPolicy', 'console').spec)).not.toContain('"0.0.0.0/0"');
    });

    it.each([
      ['a provider that does not know the console', { oidc: { issuer: 'https://id.example.test' }, console }, 'oidc.clientId'],
      ['a provider that cannot send browsers back', { oidc }, 'console.url'],
      ['a role that there is none of', { oidc: { ...oidc, groups: { finance: ['boss'] } }, console }, 'groups'],
      ['no keys', { identity: { keysSecret: { name: '' } } }, 'identity.keysSecret.name'],
    ])('is refused with %s', (_name, values, said) => {
      const rendering = render(helm as string, chartFolder, merged(leastValues, values as Values));
      expect(rendering).toMatchObject({ ok: false, reason: expect.stringContaining(said) as unknown });
    });
  });

  describe('set-up', () => {
    it('runs before an installation and before an upgrade, as a pod that fits "restricted"', () => {
      const job = one(shipped, 'Job', 'set-up');
      expect(job.metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-install,pre-upgrade' });
      expect(at(job, 'spec.template.spec.automountServiceAccountToken')).toBe(false);
      expect(at(job, `${container}.securityContext.readOnlyRootFilesystem`)).toBe(true);
      expect(envOf(job)).toEqual({
        KAFKA_BROKERS: 'kafka-0:9092,kafka-1:9092',
        SCHEMA_REGISTRY_URL: 'http://registry:8080/apis/ccompat/v7',
        TRIBUTARY_TARGETS: 'kinetic-main,stripe-main',
      });
    });

    it('makes topics for the targets that transform routes to and recon reads', () => {
      for (const name of ['transform', 'recon'])
        expect(envOf(one(shipped, 'Deployment', name))).toMatchObject({ TRIBUTARY_TARGETS: 'kinetic-main,stripe-main' });
    });

    it('tells why it failed in the events of its pod', () => {
      expect(at(one(shipped, 'Job', 'set-up'), `${container}.terminationMessagePolicy`)).toBe('FallbackToLogsOnError');
    });

    it('is left out where others make topics and schemas', () => {
      expect(objectsOf({ setUp: { enabled: false } }).filter(({ kind }) => kind === 'Job')).toEqual([]);
    });
  });

  describe('assets', () => {
    const items = [{ key: 'flow', path: 'flows/payment.yaml' }];
    const fromConfigMap = (name: string): readonly KubernetesObject[] =>
      objectsOf({ assets: { source: 'configMap', configMap: { name, items } } });

    it('come from a ConfigMap for transform and recon, and for nobody else', () => {
      const objects = fromConfigMap('rules-1');
      const mounted = deployments.filter((name) => JSON.stringify(one(objects, 'Deployment', name).spec).includes('"mountPath":"/assets"'));
      expect(mounted).toEqual(['transform', 'recon']);
      expect(envOf(one(objects, 'Deployment', 'transform'))).toMatchObject({ TRIBUTARY_ASSETS_DIR: '/assets' });
    });

    it('of another name roll those two and leave the others as they are', () => {
      const [before, after] = [fromConfigMap('rules-1'), fromConfigMap('rules-2')];
      const changed = deployments.filter(
        (name) => JSON.stringify(one(before, 'Deployment', name)) !== JSON.stringify(one(after, 'Deployment', name)),
      );
      expect(changed).toEqual(['transform', 'recon']);
    });
  });

  describe('pods', () => {
    it.each([
      ['ingest', 2, true],
      ['transform', 2, true],
      ['console', 2, true],
      ['recon', 1, false],
      ['erp-sink-kinetic-main', 1, false],
    ])('%s: %i, protected from evictions: %s', (name, replicas, isProtected) => {
      expect(at(one(shipped, 'Deployment', name), 'spec.replicas')).toBe(replicas);
      expect(shipped.some((object) => object.kind === 'PodDisruptionBudget' && object.metadata.name === `demo-tributary-${name}`)).toBe(
        isProtected,
      );
    });

    it('of one target may be more, or none', () => {
      const [kinetic, stripe] = leastValues.targets;
      const objects = objectsOf({
        targets: [
          { ...kinetic, replicas: 3 },
          { ...stripe, replicas: 0 },
        ],
      });
      expect(at(one(objects, 'Deployment', 'erp-sink-kinetic-main'), 'spec.replicas')).toBe(3);
      expect(at(one(objects, 'Deployment', 'erp-sink-stripe-main'), 'spec.replicas')).toBe(0);
      expect(at(one(objects, 'PodDisruptionBudget', 'erp-sink-kinetic-main'), 'spec.maxUnavailable')).toBe(1);
    });

    it('have no budget when it is switched off', () => {
      expect(objectsOf({ podDisruptionBudget: { enabled: false } }).filter(({ kind }) => kind === 'PodDisruptionBudget')).toEqual([]);
    });

    it('take labels, annotations, node selector, tolerations and pull secrets', () => {
      const objects = objectsOf({
        podLabels: { team: 'books' },
        podAnnotations: { note: 'x' },
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ key: 'books', operator: 'Exists' }],
        imagePullSecrets: ['registry-login'],
      });
      const pod = one(objects, 'Deployment', 'ingest');
      expect(at(pod, 'spec.template.metadata.labels.team')).toBe('books');
      expect(at(pod, 'spec.template.metadata.annotations.note')).toBe('x');
      expect(at(pod, 'spec.template.spec.nodeSelector')).toEqual({ disk: 'ssd' });
      expect(at(pod, 'spec.template.spec.tolerations')).toEqual([{ key: 'books', operator: 'Exists' }]);
      expect(at(pod, 'spec.template.spec.imagePullSecrets')).toEqual([{ name: 'registry-login' }]);
    });

    it.each([
      [{ tag: '2.0.0' }, 'tributary:2.0.0'],
      [{}, 'tributary:0.1.0'],
      [{ tag: '2.0.0', digest: `sha256:${'a'.repeat(64)}` }, `tributary@sha256:${'a'.repeat(64)}`],
    ])('image %o is %s', (image, expected) => {
      expect(at(one(objectsOf({ image }), 'Deployment', 'recon'), `${container}.image`)).toBe(expected);
    });
  });

  describe('scaling', () => {
    const scaled = ['transform', 'erp-sink-kinetic-main', 'erp-sink-stripe-main'];
    const namesOf = (objects: readonly KubernetesObject[], kind: string): string[] =>
      objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name.replace('demo-tributary-', ''));

    it.each([
      ['hpa', 'HorizontalPodAutoscaler'],
      ['keda', 'ScaledObject'],
    ])('%s scales what reads topics, and leaves the number of pods to it', (mode, kind) => {
      const objects = objectsOf({ autoscaling: { mode } });
      expect(namesOf(objects, kind).sort()).toEqual([...scaled].sort());
      for (const name of scaled) expect(at(one(objects, 'Deployment', name), 'spec')).not.toHaveProperty('replicas');
      expect(at(one(objects, 'Deployment', 'ingest'), 'spec.replicas')).toBe(2);
    });

    it('by lag looks at the group of the part and does not count lag that more pods cannot help', () => {
      const object = one(objectsOf({ autoscaling: { mode: 'keda' } }), 'ScaledObject', 'erp-sink-kinetic-main');
      expect(at(object, 'spec.triggers.0.metadata')).toEqual({
        bootstrapServers: 'kafka-0:9092,kafka-1:9092',
        consumerGroup: 'tributary-sink-kinetic-main',
        topic: 'postings.kinetic-main.v1',
        lagThreshold: '500',
        excludePersistentLag: 'true',
      });
    });
  });

  describe('doors', () => {
    it('are closed unless asked for', () => {
      expect(shipped.filter(({ kind }) => kind === 'Ingress' || kind === 'HTTPRoute')).toEqual([]);
      expect(shipped.filter(({ kind, spec }) => kind === 'Service' && at(spec, 'type') !== undefined)).toEqual([]);
    });

    it('publish the webhook path of ingest and no other path of it', () => {
      const ingress = one(
        objectsOf({ ingress: { enabled: true, host: 'hooks.example.test', className: 'nginx', tlsSecret: 'cert' } }),
        'Ingress',
        'ingest',
      );
      expect(at(ingress, 'spec.rules.0.http.paths')).toEqual([
        { path: '/webhooks/', pathType: 'Prefix', backend: { service: { name: 'demo-tributary-ingest', port: { name: 'http' } } } },
      ]);
      expect(at(ingress, 'spec.tls.0')).toEqual({ hosts: ['hooks.example.test'], secretName: 'cert' });
      expect(at(ingress, 'spec.ingressClassName')).toBe('nginx');
    });

    it('publish the console on a host of its own', () => {
      const objects = objectsOf({ consoleIngress: { enabled: true, host: 'console.example.test' } });
      const ingress = one(objects, 'Ingress', 'console');
      expect(at(ingress, 'spec.rules.0.host')).toBe('console.example.test');
      expect(envOf(one(objects, 'Deployment', 'console'))).toMatchObject({ HTTP_ALLOWED_HOSTS: 'console.example.test' });
    });

    it('publish the webhook path by a route of the Gateway API', () => {
      const route = one(
        objectsOf({ gateway: { enabled: true, parentRefs: [{ name: 'public' }], hostnames: ['hooks.example.test'] } }),
        'HTTPRoute',
        'ingest',
      );
      expect(at(route, 'spec.rules.0.matches.0.path')).toEqual({ type: 'PathPrefix', value: '/webhooks/' });
      expect(at(route, 'spec.rules.0.backendRefs.0')).toEqual({ name: 'demo-tributary-ingest', port: 4010 });
    });

    it('let Prometheus read every part', () => {
      const monitor = one(
        objectsOf({ monitoring: { serviceMonitor: { enabled: true, labels: { release: 'prom' } } } }),
        'ServiceMonitor',
        '',
      );
      expect(at(monitor, 'spec.endpoints.0')).toEqual({ port: 'health', path: '/metrics', interval: '30s' });
      expect(monitor.metadata.labels).toMatchObject({ release: 'prom' });
    });

    it('give Grafana the dashboards as they are, only if they are asked for', () => {
      const found = (values: Values): readonly KubernetesObject[] =>
        objectsOf(values).filter(({ metadata }) => metadata.name.includes('-dashboard-'));
      expect(found({})).toEqual([]);
      const maps = found({ monitoring: { dashboards: { enabled: true } } });
      expect(maps.map(({ metadata }) => metadata.name)).toEqual(
        ['door', 'ledgers', 'money', 'transport'].map((name) => `demo-tributary-dashboard-${name}`),
      );
      for (const map of maps) {
        expect(map.metadata.labels).toMatchObject({ grafana_dashboard: '1' });
        const [[file, text] = ['', '']] = Object.entries(at(map, 'data') as Record<string, string>);
        expect(text).toBe(readFileSync(join(chartFolder, 'files/dashboards', file.replace('tributary-', '')), 'utf8'));
        expect(JSON.parse(text)).toMatchObject({ title: expect.stringContaining('Tributary'), panels: expect.any(Array) });
      }
    });

    it('give Prometheus the alerts as they are, only if they are asked for', () => {
      expect(objectsOf().filter(({ kind }) => kind === 'PrometheusRule')).toEqual([]);
      const rule = one(objectsOf({ monitoring: { prometheusRule: { enabled: true, labels: { release: 'prom' } } } }), 'PrometheusRule', '');
      expect(rule.metadata.labels).toMatchObject({ release: 'prom' });
      const alerts = parse(readFileSync(join(workspaceRoot, 'docs/alerts/prometheus-rules.yaml'), 'utf8')) as { groups: unknown[] };
      expect(at(rule, 'spec')).toEqual(alerts);
    });
  });

  describe('refuses values that do not fit, and says where', () => {
    const refusal = (values: Values): string => {
      const rendering = render(helm as string, chartFolder, merged(leastValues, values));
      return rendering.ok ? 'it was accepted' : rendering.reason;
    };

    it.each<[string, Values, RegExp]>([
      ['an unknown key', { kafak: {} }, /kafak/],
      ['an unknown key further in', { kafka: { broker: 'x' } }, /kafka.*broker/s],
      ['an unknown key of a service', { services: { ingest: { replica: 3 } } }, /services.*ingest.*replica/s],
      ['an unknown key of a target', { targets: [{ name: 'a', kind: 'stripe', secret: 'x' }] }, /targets.*secret/s],
      ['a broker without a port', { kafka: { brokers: ['kafka'] } }, /kafka.*brokers/s],
      ['a broker list as text', { kafka: { brokers: 'kafka:9092' } }, /kafka.*brokers/s],
      ['a session timeout that brokers refuse', { kafka: { sessionTimeoutMs: 500 } }, /sessionTimeoutMs/],
      ['a registry that is no address', { schemaRegistry: { url: 'registry' } }, /schemaRegistry.*url/s],
      ['replicas as text', { services: { ingest: { replicas: 'two' } } }, /ingest.*replicas/s],
      ['negative replicas', { services: { ingest: { replicas: -1 } } }, /ingest.*replicas/s],
      ['an environment that does not exist', { environment: 'production' }, /environment/],
      ['a log level that does not exist', { logLevel: 'verbose' }, /logLevel/],
      ['a collector that is no address', { otlpEndpoint: 'collector' }, /otlpEndpoint/],
      ['a pull policy that does not exist', { image: { pullPolicy: 'Sometimes' } }, /pullPolicy/],
      ['a digest that is none', { image: { digest: 'latest' } }, /digest/],
      ['an ERP that does not exist', { targets: [{ name: 'a', kind: 'sap' }] }, /kind/],
      ['a target name that is no topic part', { targets: [{ name: 'Kinetic_Main', kind: 'stripe' }] }, /name/],
      ['a variable that is no name', { targets: [{ name: 'a', kind: 'stripe', env: { 'kinetic-url': 'x' } }] }, /env/],
      ['a secret reference without a key', { targets: [{ name: 'a', kind: 'stripe', secretEnv: { X: { name: 'x' } } }] }, /secretEnv|key/],
      ['a secret given as a value', { targets: [{ name: 'a', kind: 'stripe', secretEnv: { X: 'sk_live' } }] }, /secretEnv|X/],
      ['a grace period shorter than a drain', { terminationGracePeriodSeconds: 10 }, /terminationGracePeriodSeconds/],
      ['a way of scaling that does not exist', { autoscaling: { mode: 'vpa' } }, /autoscaling.*mode/s],
      ['a source of assets that does not exist', { assets: { source: 'git' } }, /assets.*source/s],
      ['an asset with an absolute path', { assets: { configMap: { items: [{ key: 'a', path: '/etc/x' }] } } }, /path/],
      ['a peer that is none', { networkPolicy: { ingressFrom: [{ ip: '10.0.0.1' }] } }, /ingressFrom/],
      ['a port that is none', { networkPolicy: { kafka: { ports: [0] } } }, /ports/],
      ['no broker', { kafka: { brokers: [] } }, /kafka\.brokers: name at least one broker/],
      ['no registry', { schemaRegistry: { url: '' } }, /schemaRegistry\.url: give the address/],
      ['plain http between services in production', { allowPlaintext: [] }, /tls\.services\.secret\.name.*allowPlaintext/],
      ['no secret of the database', { postgresql: { urlSecret: { name: '' } } }, /postgresql\.urlSecret\.name/],
      ['no secret of the endpoints', { stripe: { endpointsSecret: { name: '' } } }, /stripe\.endpointsSecret\.name/],
      ['no target', { targets: [] }, /targets: name at least one target|no target of an ERP/],
      [
        'two targets of one name',
        { targets: [leastValues.targets[0], leastValues.targets[0]] },
        /targets\[1\]\.name: there are two targets called kinetic-main/,
      ],
      ['a ledger target that is not there', { services: { recon: { ledgerTarget: 'p21-main' } } }, /ledgerTarget: no target p21-main/],
      ['assets of a ConfigMap without its name', { assets: { source: 'configMap' } }, /assets\.configMap\.name/],
      ['an Ingress without a host', { ingress: { enabled: true } }, /ingress\.host/],
      ['a console Ingress without a host', { consoleIngress: { enabled: true } }, /consoleIngress\.host/],
      ['a route without a Gateway', { gateway: { enabled: true } }, /gateway\.parentRefs/],
      ['fewest pods above most', { autoscaling: { mode: 'hpa', minReplicas: 5, maxReplicas: 2 } }, /minReplicas: is more than/],
    ])('%s', (_what, values, said) => {
      expect(refusal(values)).toMatch(said);
    });

    it('names everything that is missing at once', () => {
      const reason = refusal({ kafka: { brokers: [] }, schemaRegistry: { url: '' }, postgresql: { urlSecret: { name: '' } } });
      expect(reason).toMatch(/kafka\.brokers/);
      expect(reason).toMatch(/schemaRegistry\.url/);
      expect(reason).toMatch(/postgresql\.urlSecret\.name/);
    });
  });
});
