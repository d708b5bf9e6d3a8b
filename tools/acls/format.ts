import type { TopicRight } from '@tributary/contracts';
import { stringify } from 'yaml';

/** Rights of a principal. */
export interface PrincipalRights {
  /** As Kafka names it, e.g. `User:recon`. */
  readonly principal: string;
  readonly rights: readonly TopicRight[];
}

/**
 * Lines of a shell script for Kafka's own tool, one for all topics or groups with the same operations. The shell gives it the brokers in
 * KAFKA_BROKERS and a client configuration of an administrator in KAFKA_ADMIN_CONFIG.
 */
export function kafkaAclsLines({ principal, rights }: PrincipalRights): string[] {
  const alike = new Map<string, TopicRight[]>();
  for (const right of rights) {
    const kind = `${right.resource} ${right.pattern} ${right.operations.join()}`;
    alike.set(kind, [...(alike.get(kind) ?? []), right]);
  }
  return [...alike.values()].map((some) => {
    const [{ resource, pattern, operations }] = some as [TopicRight];
    return [
      'kafka-acls.sh --bootstrap-server "$KAFKA_BROKERS" --command-config "$KAFKA_ADMIN_CONFIG" --add --force',
      `--allow-principal '${principal}'`,
      ...operations.map((operation) => `--operation ${operation}`),
      `--resource-pattern-type ${pattern}`,
      ...some.map(({ name }) => `--${resource} '${name}'`),
    ].join(' ');
  });
}

/** A KafkaUser for the Strimzi operator of this cluster, as YAML; how the user signs in is for the reader to add. */
export function strimziUser({ principal, rights }: PrincipalRights, cluster: string): string {
  return stringify({
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaUser',
    metadata: { name: principal.replace(/^User:/, ''), labels: { 'strimzi.io/cluster': cluster } },
    spec: {
      authorization: {
        type: 'simple',
        acls: rights.map(({ resource, name, pattern, operations }) => ({
          resource: { type: resource, name, patternType: pattern === 'prefixed' ? 'prefix' : pattern },
          operations: [...operations],
        })),
      },
    },
  });
}
