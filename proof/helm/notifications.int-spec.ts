import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '@tributary/local-stack';
import { at, chartFolder, findHelm, leastValues, merged, mountedSecrets, objectsOf, one, render } from './chart.js';
import type { KubernetesObject, Values } from './chart.js';

/** Whom recon tells of what: routes by values, secrets by reference, and no way out but to the receivers. */
const helm = findHelm();
const secret = (name: string, key = 'value') => ({ name, key });
const webhook = {
  name: 'duty',
  kind: 'webhook',
  severities: ['critical'],
  url: 'https://hooks.example.test/tributary',
  signingSecret: secret('duty'),
};
const mail = {
  name: 'accounts',
  kind: 'mail',
  from: 'tributary@example.test',
  to: ['accounts@example.test'],
  host: 'mail.example.test',
  port: 587,
  user: 'tributary',
  passwordSecret: secret('smtp', 'password'),
};
const released = (notifications: Values, more: Values = {}): readonly KubernetesObject[] => objectsOf({ notifications, ...more });
const fileOf = (objects: readonly KubernetesObject[]): unknown =>
  JSON.parse(String((at(one(objects, 'ConfigMap', 'notifications'), 'data') as Record<string, string>)['notifications.json']));

interface Rule {
  readonly to?: readonly unknown[];
  readonly ports: readonly { readonly port: unknown }[];
}
/** Rules of recon's policy that it has by these routes alone. */
function ways(notifications: Values): Rule[] {
  const rules = (objects: readonly KubernetesObject[]): Rule[] => at(one(objects, 'NetworkPolicy', 'recon'), 'spec.egress') as Rule[];
  const before = rules(objectsOf()).map((rule) => JSON.stringify(rule));
  return rules(released(notifications)).filter((rule) => !before.includes(JSON.stringify(rule)));
}

/** What recon itself makes of the file, with its own schema. */
async function readByRecon(file: unknown): Promise<{ success: boolean; error?: { message: string } }> {
  const path = join(workspaceRoot, 'services/recon/src/notifications/decide/notification-file.ts');
  const { notificationFile } = (await import(pathToFileURL(path).href)) as {
    notificationFile: { safeParse: (value: unknown) => { success: boolean; error?: { message: string } } };
  };
  return notificationFile.safeParse(file);
}

(helm === undefined ? describe.skip : describe)('notifications', () => {
  it('are off without a route', () => {
    const objects = objectsOf({ notifications: { installation: 'shop' } });
    expect(objects.filter(({ metadata }) => metadata.name.includes('notifications'))).toEqual([]);
    expect(JSON.stringify(one(objects, 'Deployment', 'recon'))).not.toContain('RECON_NOTIFICATIONS_FILE');
  });

  it('are a file of recon as recon reads it, with secrets that are mounted beside it', async () => {
    const lag = { threshold: 50_000, forMinutes: 30 };
    const conditions = { lag, 'target-paused': { enabled: false } };
    const written = { lag, 'target-paused': { off: true } };
    const caSecret = secret('company-ca', 'ca.crt');
    const objects = released({
      ...{ installation: 'shop', runbooksUrl: 'https://docs.example.test/runbooks', conditions, remindAfterMinutes: { critical: 60 } },
      routes: [webhook, { ...mail, caSecret }, { ...webhook, name: 'chat', url: undefined, urlSecret: secret('chat', 'url') }],
    });
    const file = fileOf(objects);
    expect((await readByRecon(file)).error?.message).toBeUndefined();
    expect(file).toMatchObject({
      ...{
        installation: 'shop',
        runbooks: 'https://docs.example.test/runbooks',
        conditions: written,
        remindAfterMinutes: { critical: 60, warning: 1440 },
      },
      routes: [
        { name: 'duty', url: 'https://hooks.example.test/tributary', secretFile: '/secrets/notifications-duty-secretFile' },
        {
          name: 'accounts',
          port: 587,
          passwordFile: '/secrets/notifications-accounts-passwordFile',
          caFile: '/secrets/notifications-accounts-caFile',
        },
        { name: 'chat', urlFile: '/secrets/notifications-chat-urlFile' },
      ],
    });
    const mounted = mountedSecrets(one(objects, 'Deployment', 'recon'));
    expect(mounted.get('/secrets/notifications-duty-secretFile')).toBe('duty value');
    expect(mounted.get('/secrets/notifications-accounts-passwordFile')).toBe('smtp password');
    expect(mounted.get('/secrets/notifications-accounts-caFile')).toBe('company-ca ca.crt');
    expect(mounted.get('/secrets/notifications-chat-urlFile')).toBe('chat url');
    for (const name of ['transform', 'console', 'ingest', 'erp-sink-kinetic-main'])
      expect(JSON.stringify(one(objects, 'Deployment', name))).not.toContain('notifications');
  });

  it('roll recon, and nothing else, when a route changes', () => {
    const [before, after] = [released({ routes: [webhook] }), released({ routes: [{ ...webhook, severities: ['warning'] }] })];
    const changed = before.filter(
      ({ kind }, index) => kind === 'Deployment' && JSON.stringify(before[index]) !== JSON.stringify(after[index]),
    );
    expect(changed.map(({ metadata }) => metadata.name)).toEqual(['demo-tributary-recon']);
  });

  it('link to the console where the release publishes it', () => {
    const published = { consoleIngress: { enabled: true, host: 'console.example.test', tlsSecret: 'certificate' } };
    expect(fileOf(released({ routes: [webhook] }, published))).toMatchObject({ console: 'https://console.example.test' });
    expect(fileOf(released({ routes: [webhook], consoleUrl: 'https://other.example.test' }, published))).toMatchObject({
      console: 'https://other.example.test',
    });
  });

  describe('go out', () => {
    const publicOnly = expect.objectContaining({
      ipBlock: expect.objectContaining({ cidr: '0.0.0.0/0', except: expect.any(Array) }),
    }) as unknown;
    it.each<[string, Values, readonly unknown[], readonly number[]]>([
      ['to the port of an address', { ...webhook, url: 'https://hooks.example.test:8443/x' }, [publicOnly], [8443]],
      ['to the port of plain http', { ...webhook, url: 'http://hooks.example.test/x' }, [publicOnly], [80]],
      ['to the port of a mail server', mail, [publicOnly], [587]],
      [
        'to one address where it is a number',
        { ...webhook, url: 'https://203.0.113.9:8443/' },
        [{ ipBlock: { cidr: '203.0.113.9/32' } }],
        [8443],
      ],
      [
        'where egress says, for a receiver inside',
        {
          ...webhook,
          url: 'https://receiver:9443/',
          allowInternal: true,
          egress: { to: [{ podSelector: { matchLabels: { app: 'duty' } } }] },
        },
        [{ podSelector: { matchLabels: { app: 'duty' } } }],
        [9443],
      ],
      [
        'to ports that egress says',
        { ...webhook, url: undefined, urlSecret: secret('chat'), egress: { ports: [4443] } },
        [publicOnly],
        [4443],
      ],
    ])('%s, and no further', (_, route, to, ports) => {
      expect(ways({ routes: [route] })).toEqual([{ to, ports: ports.map((port) => ({ port, protocol: 'TCP' })) }]);
    });
  });

  it.each<[string, readonly Values[], RegExp]>([
    ['two routes of one name', [webhook, webhook], /notifications\.routes\[1\]\.name: there are two routes called duty/],
    ['a webhook without an address', [{ ...webhook, url: undefined }], /notifications\.routes\[0\]\.url: give url/],
    ['a webhook with two', [{ ...webhook, urlSecret: secret('x') }], /notifications\.routes\[0\]\.url: give url/],
    ['a webhook that is not signed', [{ ...webhook, signingSecret: undefined }], /signingSecret/],
    ['a secret as a value', [{ ...webhook, signingSecret: 'whsec_x' }], /signingSecret/],
    ['a user without a password', [{ ...mail, passwordSecret: undefined }], /notifications\.routes\[0\]\.passwordSecret/],
    ['a mail over no TLS', [{ ...mail, tls: 'none' }], /tls/],
    ['a kind that does not exist', [{ ...webhook, kind: 'pager' }], /kind/],
    ['a key with a typo', [{ ...mail, hots: 'x' }], /hots/],
    [
      'an internal receiver without its peers',
      [{ ...webhook, allowInternal: true }],
      /notifications\.routes\[0\]\.egress\.to: name the peers/,
    ],
  ])('refuse %s, with its path', (_, routes, said) => {
    const rendering = render(helm as string, chartFolder, merged(leastValues, { notifications: { routes } }));
    expect(rendering.ok ? 'rendered' : rendering.reason).toMatch(said);
  });

  it('know the conditions of recon, and no other', async () => {
    const path = join(workspaceRoot, 'services/recon/src/notifications/decide/conditions.ts');
    const { conditions } = (await import(pathToFileURL(path).href)) as { conditions: readonly { code: string }[] };
    const all = Object.fromEntries(conditions.map(({ code }) => [code, { severity: 'warning' }]));
    expect(fileOf(released({ routes: [webhook], conditions: all }))).toMatchObject({ conditions: all });
    const other = render(helm as string, chartFolder, merged(leastValues, { notifications: { conditions: { lagg: { enabled: false } } } }));
    expect(other.ok ? 'rendered' : other.reason).toMatch(/lagg/);
  });
});
