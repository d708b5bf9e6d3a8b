import { at, chartFolder, envOf, findHelm, leastValues, merged, objectsOf, one, render } from './chart.js';
import type { KubernetesObject, Values } from './chart.js';

const helm = findHelm();
const [kinetic, stripe] = leastValues.targets;
const target = (name: string, kind: string, env: Values, port: number): Values => ({
  name,
  kind,
  env,
  secretEnv: { [`${kind === 'prophet21' ? 'P21' : 'SL'}_PASSWORD`]: { name, key: 'password' } },
  egress: [{ to: [{ ipBlock: { cidr: '192.0.2.11/32' } }], ports: [{ port }] }],
});
const sl = target('sl-main', 'dynamics-sl', { SL_URL: 'https://sl.example.test/sl', SL_COMPANY: '0060' }, 8443);
const p21 = target('p21-main', 'prophet21', { P21_URL: 'https://p21.example.test' }, 9443);

const portsOut = (policy: KubernetesObject): unknown[] =>
  (at(policy, 'spec.egress') as { ports: { port: unknown }[] }[]).flatMap(({ ports }) => ports.map(({ port }) => port));

// Without helm there is nothing to render with: the tests say that they were skipped.
(helm === undefined ? describe.skip : describe)('a release with three ledgers', () => {
  const objects = helm === undefined ? [] : objectsOf({ targets: [kinetic, sl, p21, stripe] });
  const recon = (): Record<string, unknown> => envOf(one(objects, 'Deployment', 'recon'));

  it.each([
    ['kinetic-main', 'epicor-kinetic', { KINETIC_COMPANY: 'EPIC06' }],
    ['sl-main', 'dynamics-sl', { SL_URL: 'https://sl.example.test/sl', SL_PASSWORD_FILE: 'sl-main password' }],
    ['p21-main', 'prophet21', { P21_URL: 'https://p21.example.test', P21_PASSWORD_FILE: 'p21-main password' }],
  ])('has a sink of its own for %s, with the settings of that target alone', (name, kind, expected) => {
    const env = envOf(one(objects, 'Deployment', `erp-sink-${name}`));
    expect(env).toMatchObject({ ERP_TARGET: name, ERP_KIND: kind, ...expected });
    const others = ['KINETIC_', 'SL_', 'P21_'].filter((prefix) => !Object.keys(expected).some((variable) => variable.startsWith(prefix)));
    expect(Object.keys(env).filter((variable) => others.some((prefix) => variable.startsWith(prefix)))).toEqual([]);
  });

  it('runs one pod for an ERP that takes few writers, never two at once, and never scales it', () => {
    const many = objectsOf({ targets: [kinetic, sl, p21, stripe], services: { erpSink: { replicas: 3 } }, autoscaling: { mode: 'hpa' } });
    for (const name of ['sl-main', 'p21-main']) {
      const { spec } = one(many, 'Deployment', `erp-sink-${name}`) as unknown as { spec: object };
      expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
      expect(many.filter(({ kind, metadata }) => kind === 'HorizontalPodAutoscaler' && metadata.name.includes(name))).toEqual([]);
    }
    expect(many.some(({ kind, metadata }) => kind === 'HorizontalPodAutoscaler' && metadata.name.includes('kinetic'))).toBe(true);
    const fixed = one(
      objectsOf({ targets: [kinetic, sl, p21, stripe], services: { erpSink: { replicas: 3 } } }),
      'Deployment',
      'erp-sink-kinetic-main',
    );
    expect(fixed).toMatchObject({ spec: { replicas: 3, strategy: { type: 'RollingUpdate' } } });
    const rendering = render(helm as string, chartFolder, merged(leastValues, { targets: [kinetic, { ...sl, replicas: 2 }] }));
    expect(rendering.ok ? 'rendered' : rendering.reason).toContain('targets[1].replicas: dynamics-sl takes few writers at once (sl-main)');
  });

  it('lets recon read each of them, by variables with the name of their target', () => {
    expect(recon()).toMatchObject({
      RECON_LEDGERS: 'kinetic-main=epicor-kinetic,sl-main=dynamics-sl,p21-main=prophet21',
      RECON_TARGETS: 'kinetic-main,sl-main,p21-main,stripe-main',
      KINETIC_MAIN__KINETIC_COMPANY: 'EPIC06',
      SL_MAIN__SL_PASSWORD_FILE: 'sl-main password',
      P21_MAIN__P21_URL: 'https://p21.example.test',
    });
    expect(recon()).not.toHaveProperty('KINETIC_COMPANY');
  });

  it('lets recon and each sink out to their own ledgers, and no further', () => {
    const policy = (name: string): unknown[] => portsOut(one(objects, 'NetworkPolicy', name));
    expect(policy('recon')).toEqual(expect.arrayContaining([443, 8443, 9443]));
    expect(policy('erp-sink-sl-main')).toContain(8443);
    expect(policy('erp-sink-sl-main')).not.toContain(9443);
    expect(policy('erp-sink-p21-main')).not.toContain(8443);
  });

  it('compares with one of them alone where it is named, as before', () => {
    const chosen = objectsOf({ targets: [kinetic, sl, p21, stripe], services: { recon: { ledgerTarget: 'sl-main' } } });
    const env = envOf(one(chosen, 'Deployment', 'recon'));
    expect(env).toMatchObject({ ERP_KIND: 'dynamics-sl', SL_COMPANY: '0060' });
    expect(env).not.toHaveProperty('RECON_LEDGERS');
    expect(portsOut(one(chosen, 'NetworkPolicy', 'recon'))).not.toContain(9443);
  });

  it('takes every kind of target that there is a connector for, and no other', () => {
    expect(() => objectsOf({ targets: [kinetic, { name: 'x', kind: 'netsuite' }] })).toThrow(/kind/);
  });
});
