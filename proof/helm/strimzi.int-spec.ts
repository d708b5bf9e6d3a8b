import { join } from 'node:path';
import { topicRights, topicsToMake } from '@tributary/contracts';
import { workspaceRoot } from '@tributary/local-stack';
import { at, findHelm, kubernetesVersions, render } from './chart.js';
import type { KubernetesObject, Rendering, Values } from './chart.js';

const helm = findHelm();
const chart = join(workspaceRoot, 'deploy', 'helm', 'tributary-strimzi');
const targets = ['kinetic-main', 'stripe-main'];
const rendered = (values: Values, kubernetes?: string): Rendering =>
  render(helm as string, chart, { cluster: 'events', targets, ...values }, kubernetes);
const objectsOf = (values: Values, kind: string): KubernetesObject[] => {
  const rendering = rendered(values);
  if (!rendering.ok) throw new Error(rendering.reason);
  return rendering.objects.filter((object) => object.kind === kind);
};
const byName = (objects: readonly KubernetesObject[]): Map<string, KubernetesObject> =>
  new Map(objects.map((object) => [object.metadata.name, object]));

// Without helm there is nothing to render with: the tests say that they were skipped.
(helm === undefined ? describe.skip : describe)('the resources of the Strimzi operator', () => {
  it('make every topic that services ask for, with its partitions and settings, and no other', () => {
    const topics = byName(objectsOf({}, 'KafkaTopic'));
    const wanted = topicsToMake({ targets });
    expect([...topics.keys()].sort()).toEqual(wanted.map(({ name }) => name).sort());
    for (const { name, partitions, config } of wanted)
      expect(at(topics.get(name), 'spec')).toEqual({
        topicName: name,
        partitions,
        replicas: 3,
        config: { 'min.insync.replicas': 2, ...config },
      });
  });

  it('give every client its rights, and none beside them', () => {
    const users = byName(objectsOf({}, 'KafkaUser'));
    const wanted = topicRights({ targets });
    expect([...users.keys()].sort()).toEqual([...wanted.keys()].sort());
    for (const [name, rights] of wanted) {
      const given = at(users.get(name), 'spec.authorization.acls') as {
        resource: { type: string; name: string; patternType: string };
        operations: string[];
      }[];
      const line = (type: string, of: string, pattern: string, operations: readonly string[]): string =>
        `${type} ${of} ${pattern} ${[...operations].sort().join()}`;
      const said = given.map(({ resource, operations }) => line(resource.type, resource.name, resource.patternType, operations));
      const asked = rights.map((right) =>
        line(right.resource, right.name, right.pattern === 'prefixed' ? 'prefix' : right.pattern, right.operations),
      );
      expect([...new Set(said)].sort()).toEqual([...new Set(asked)].sort());
      expect(at(users.get(name), 'spec.authentication.type')).toBe('scram-sha-512');
    }
  });

  it.each(kubernetesVersions)('belong to the operator of the named cluster and keep topics when the chart goes (%s)', (kubernetes) => {
    const rendering = rendered({ users: { prefix: 'tributary-' } }, kubernetes);
    if (!rendering.ok) throw new Error(rendering.reason);
    for (const object of rendering.objects) {
      expect(object.apiVersion).toBe('kafka.strimzi.io/v1');
      expect(object.metadata.labels?.['strimzi.io/cluster']).toBe('events');
      expect(object.metadata.annotations?.['helm.sh/hook']).toBeUndefined(); // a hook is deleted before it is made again
      if (object.kind === 'KafkaTopic') expect(object.metadata.annotations?.['helm.sh/resource-policy']).toBe('keep');
      else expect(object.metadata.name).toMatch(/^tributary-/);
    }
  });

  it('can be topics alone, or users alone', () => {
    expect(objectsOf({ users: { enabled: false } }, 'KafkaUser')).toEqual([]);
    expect(objectsOf({ topics: { enabled: false } }, 'KafkaTopic')).toEqual([]);
    expect(objectsOf({ topics: { enabled: false } }, 'KafkaUser')).not.toEqual([]);
  });

  it.each<[string, Values, string]>([
    ['no cluster', { cluster: '' }, 'cluster'],
    ['no target', { targets: [] }, 'targets'],
    ['a target that no topic can be named after', { targets: ['Kinetic Main'] }, 'targets'],
    ['a key with a typo', { topic: { replicas: 3 } }, 'topic'],
    ['a way to sign in that there is none', { users: { authentication: 'plain' } }, 'authentication'],
    ['a number as text', { topics: { replicas: 'three' } }, 'replicas'],
    [
      'more copies to be written than there are',
      { topics: { replicas: 1 } },
      'topics.minInSyncReplicas is 2, more than topics.replicas, which is 1',
    ],
  ])('refuse %s and say where', (_what, values, reason) => {
    const rendering = rendered(values);
    expect(rendering.ok).toBe(false);
    expect(rendering.ok ? '' : rendering.reason).toContain(reason);
  });
});
