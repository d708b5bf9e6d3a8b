import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { at, findHelm, leastValues, merged, render } from './chart.js';
import type { KubernetesObject, Rendering, Values } from './chart.js';

const helm = findHelm();
const rendered = (autoscaling: Values): Rendering =>
  render(helm as string, join(workspaceRoot, 'deploy', 'helm', 'tributary'), merged(leastValues, { autoscaling }));
const objectsOf = (autoscaling: Values): readonly KubernetesObject[] => {
  const rendering = rendered(autoscaling);
  if (!rendering.ok) throw new Error(rendering.reason);
  return rendering.objects;
};
const ofKind = (objects: readonly KubernetesObject[], kind: string): KubernetesObject[] => objects.filter((object) => object.kind === kind);
const kedaSecrets = {
  sasl: { name: 'kafka', key: 'mechanism' },
  username: { name: 'kafka', key: 'user' },
  password: { name: 'kafka', key: 'password' },
};

// Without helm there is nothing to render with: the tests say that they were skipped.
(helm === undefined ? describe.skip : describe)('KEDA, where Kafka asks who is there', () => {
  it('signs in with references to Secrets, one set for every scaled part', () => {
    const objects = objectsOf({ mode: 'keda', kedaSecrets });
    const [authentication, ...others] = ofKind(objects, 'TriggerAuthentication');
    expect(others).toEqual([]);
    expect(authentication?.apiVersion).toBe('keda.sh/v1alpha1');
    expect(at(authentication, 'spec')).toEqual({
      secretTargetRef: [
        { parameter: 'password', name: 'kafka', key: 'password' },
        { parameter: 'sasl', name: 'kafka', key: 'mechanism' },
        { parameter: 'username', name: 'kafka', key: 'user' },
      ],
    });
    const scaled = ofKind(objects, 'ScaledObject');
    expect(scaled.length).toBeGreaterThan(1);
    for (const object of scaled) expect(at(object, 'spec.triggers.0.authenticationRef')).toEqual({ name: authentication?.metadata.name });
  });

  it('asks without, where no Secret is named', () => {
    const objects = objectsOf({ mode: 'keda' });
    expect(ofKind(objects, 'TriggerAuthentication')).toEqual([]);
    for (const object of ofKind(objects, 'ScaledObject')) expect(at(object, 'spec.triggers.0')).not.toHaveProperty('authenticationRef');
  });

  it.each(['none', 'hpa'])('makes nothing of KEDA with %s', (mode) => {
    expect(objectsOf({ mode, kedaSecrets }).filter(({ apiVersion }) => apiVersion.startsWith('keda.sh'))).toEqual([]);
  });

  it.each<[string, Values, RegExp]>([
    ['a parameter that the scaler has not', { pasword: { name: 'kafka', key: 'password' } }, /kedaSecrets.*pasword/],
    ['a secret in the values', { password: 'hunter2' }, /kedaSecrets\/password|kedaSecrets\.password/],
    ['a reference without its key', { password: { name: 'kafka' } }, /kedaSecrets\/password|kedaSecrets\.password/],
  ])('refuses %s', (_what, wrong, said) => {
    const rendering = rendered({ mode: 'keda', kedaSecrets: wrong });
    expect(rendering.ok ? '' : rendering.reason).toMatch(said);
  });
});
