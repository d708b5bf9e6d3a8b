import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, kafkaReady, startKafkaNode, workspaceRoot } from '@tributary/local-stack';
import { kafkaConnectionOf } from '@tributary/platform';
import type { KafkaConnectionConfig, KafkaConnectionOptions } from '@tributary/platform';

const pem = (name: string): string => join(workspaceRoot, 'libs/platform/src/testing/certificates', name);
const passwordOf = (user: string): string => `password of ${user}`;

/** What an authorizer decided, from its log. */
export interface Decision {
  readonly user: string;
  readonly allowed: boolean;
  /** As in `Read`. */
  readonly operation: string;
  readonly resource: string;
  readonly name: string;
}

/** A broker that asks everybody who they are, and lets them do what they may. */
export interface RightsBroker {
  /** Variables of a service that signs in as this user. */
  variablesOf(user: string): KafkaConnectionConfig & Readonly<Record<string, string | boolean>>;
  connectionOf(user: string): KafkaConnectionOptions;
  /** What it has decided until now about what these users asked by name. */
  decisions(): readonly Decision[];
  stop(): Promise<void>;
}

/** Somebody who may do everything. */
export const administrator = 'admin';

/** Starts a broker with Kafka's own authorizer, and a TLS listener with a password for each of these users and for the administrator. */
export async function startRightsBroker(users: readonly string[]): Promise<RightsBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'rights-'));
  const [port = 0, controllerPort = 0, clientPort = 0] = await freePorts(3);
  const node = { nodeId: 1, port, controllerPort };
  const config = propertiesOf(folder, [port, controllerPort, clientPort], [...users, administrator]);
  const broker = await startKafkaNode(node, {
    nodes: [node],
    folder,
    logFolder: folder,
    config,
    env: { KAFKA_AUTHORIZER_LOG: 'DEBUG' },
  });
  await kafkaReady(broker, node, 1);
  const variablesOf = (user: string) => ({
    KAFKA_BROKERS: `127.0.0.1:${clientPort}`,
    KAFKA_TLS: true,
    KAFKA_CA_FILE: pem('ca.pem'),
    KAFKA_SASL_MECHANISM: 'plain' as const,
    KAFKA_USERNAME: user,
    KAFKA_PASSWORD: passwordOf(user),
  });
  return {
    variablesOf,
    connectionOf: (user) => kafkaConnectionOf(variablesOf(user), `test-${user}`, () => undefined),
    decisions: () => decisionsIn(readFileSync(join(folder, 'kafka.log'), 'utf8')),
    stop: async () => {
      await broker.kill9();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The broker talks to itself and the controller without TLS, as nobody: in an installation it has a user of its own, which is a super user too. */
function propertiesOf(
  folder: string,
  [port, controller, clients]: readonly [number, number, number],
  users: readonly string[],
): Record<string, string> {
  const keys = join(folder, 'server.pem');
  writeFileSync(keys, readFileSync(pem('server.key.pem'), 'utf8') + readFileSync(pem('server.pem'), 'utf8'));
  const outside = `PLAINTEXT://127.0.0.1:${port},CLIENTS://127.0.0.1:${clients}`;
  const passwords = users.map((user) => `user_${user}="${passwordOf(user)}"`).join(' ');
  return {
    listeners: `${outside},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': outside,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENTS:SASL_SSL',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keys,
    'listener.name.clients.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.clients.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required ${passwords};`,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'false',
    'super.users': `User:ANONYMOUS;User:${administrator}`,
  };
}

/** Lines of `kafka.authorizer.logger` (org.apache.kafka.metadata.authorizer.StandardAuthorizerData, `buildAuditMessage`). */
const line = /Principal = User:(\S+) is (Allowed|Denied) operation = (\w+) from host = \S+ on resource = (\w+):LITERAL:(\S+) for request/g;

function decisionsIn(log: string): Decision[] {
  return [...log.matchAll(line)].map(([, user = '', verdict, operation = '', resource = '', name = '']) => ({
    user,
    allowed: verdict === 'Allowed',
    operation: operation.charAt(0) + operation.slice(1).toLowerCase(),
    resource: resource.toLowerCase(),
    name,
  }));
}
