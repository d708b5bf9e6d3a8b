import kafkajs from 'kafkajs';
import type { AclEntry } from 'kafkajs';
import type { KafkaConnection } from './kafka-client.js';
import { withAdmin } from './topic-admin.js';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

/** One operation that somebody may do, as brokers keep it. */
export interface GrantedRight {
  /** As Kafka names it, e.g. `User:recon`. */
  readonly principal: string;
  /** Kind of what it is about, e.g. `topic`, `group`, `cluster`. */
  readonly resource: string;
  readonly pattern: 'literal' | 'prefixed';
  readonly name: string;
  /** In the words of Kafka's tools, e.g. `Read`. */
  readonly operation: string;
  /** Address from which, `*` for everywhere. */
  readonly host: string;
}

/** Rights in Kafka, for whoever may change them. Services never need it. */
export const RightsAdmin = {
  /** What these principals are allowed. What is denied to them is not in it. @throws when the brokers have no authorizer. */
  async granted(connection: KafkaConnection, principals: readonly string[]): Promise<GrantedRight[]> {
    const { resources } = await withAdmin(connection, (admin) =>
      admin.describeAcls({
        resourceType: AclResourceTypes.ANY,
        resourcePatternType: ResourcePatternTypes.ANY,
        operation: AclOperationTypes.ANY,
        permissionType: AclPermissionTypes.ALLOW,
      }),
    );
    return resources.flatMap(({ resourceType, resourceName, resourcePatternType, acls }) =>
      acls
        .filter(({ principal }) => principals.includes(principal))
        .map(({ principal, host, operation }) => ({
          principal,
          resource: wordOf(AclResourceTypes, resourceType).toLowerCase(),
          pattern: resourcePatternType === ResourcePatternTypes.PREFIXED ? ('prefixed' as const) : ('literal' as const),
          name: resourceName,
          operation: wordOf(AclOperationTypes, operation),
          host,
        })),
    );
  },

  /** Grants rights; those that are granted already stay. @throws when the caller may not. */
  async grant(connection: KafkaConnection, rights: readonly GrantedRight[]): Promise<void> {
    if (rights.length > 0) await withAdmin(connection, (admin) => admin.createAcls({ acl: rights.map(entryOf) }));
  },

  /** Takes exactly these rights away. @throws when the caller may not. */
  async revoke(connection: KafkaConnection, rights: readonly GrantedRight[]): Promise<void> {
    if (rights.length > 0) await withAdmin(connection, (admin) => admin.deleteAcls({ filters: rights.map(entryOf) }));
  },
} as const;

function entryOf({ principal, resource, pattern, name, operation, host }: GrantedRight): AclEntry {
  return {
    principal,
    host,
    resourceType: numberOf(AclResourceTypes, resource),
    resourceName: name,
    resourcePatternType: pattern === 'prefixed' ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    operation: numberOf(AclOperationTypes, operation),
    permissionType: AclPermissionTypes.ALLOW,
  };
}

/** `DESCRIBE_CONFIGS` of the client is `DescribeConfigs` of Kafka's tools. */
function wordOf(names: object, value: number): string {
  const name = Object.entries(names).find(([, number]) => number === value)?.[0] ?? `UNKNOWN_${value}`;
  return name
    .split('_')
    .map((part) => part.charAt(0) + part.slice(1).toLowerCase())
    .join('');
}

function numberOf(names: object, word: string): number {
  const all = Object.entries(names) as [string, number][];
  const found = all.find(([, number]) => wordOf(names, number).toLowerCase() === word.toLowerCase());
  if (!found) throw new Error(`rights in Kafka: there is no ${word}`);
  return found[1];
}
