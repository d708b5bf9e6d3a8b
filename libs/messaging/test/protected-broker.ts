import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureKafkaJars, freePorts, javaCommand, kafkaReady, startKafkaNode, workspaceRoot } from '@tributary/local-stack';
import type { Child } from '@tributary/local-stack';

/** Certificates for tests: of the authority, the server and clients. */
export const pem = (name: string): string => join(workspaceRoot, 'libs/platform/src/testing/certificates', name);

/** A broker whose further listeners are protected: TLS with SCRAM, TLS with certificates of clients, and tokens. */
export class ProtectedBroker {
  /** For files of a test; removed with the broker. */
  readonly folder = mkdtempSync(join(tmpdir(), 'protected-kafka-'));
  /** The listener that asks for nothing, for what a test looks up beside its subject. */
  plain = '';
  /** TLS; signed in by SCRAM or PLAIN. */
  scram = '';
  /** TLS with a certificate of the client. */
  mutual = '';
  /** OAUTHBEARER without TLS. */
  tokens = '';
  private broker: Child | undefined;

  async start(): Promise<void> {
    const [plain = 0, controller = 0, ...ports] = await freePorts(5);
    const node = { nodeId: 1, port: plain, controllerPort: controller };
    const config = this.listeners(plain, controller, ports);
    this.broker = await startKafkaNode(node, { nodes: [node], folder: this.folder, logFolder: this.folder, config });
    await kafkaReady(this.broker, node, 1);
    this.plain = `127.0.0.1:${plain}`;
    [this.scram, this.mutual, this.tokens] = ports.map((port) => `127.0.0.1:${port}`) as [string, string, string];
  }

  async stop(): Promise<void> {
    await this.broker?.kill9();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Gives a user a password, with Kafka's own tool. */
  async setPassword(user: string, password: string): Promise<void> {
    const jars = await ensureKafkaJars();
    for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512']) {
      const setting = `${mechanism}=[iterations=4096,password=${password}]`;
      const entity = ['--alter', '--add-config', setting, '--entity-type', 'users', '--entity-name', user];
      const command = ['-cp', join(jars, '*'), 'kafka.admin.ConfigCommand', '--bootstrap-server', this.plain, ...entity];
      await promisify(execFile)(javaCommand(), command);
    }
  }

  private listeners(plain: number, controller: number, ports: readonly number[]): Record<string, string> {
    const [scram, mtls, token] = ports as [number, number, number];
    const keys = join(this.folder, 'server.pem');
    writeFileSync(keys, readFileSync(pem('server.key.pem'), 'utf8') + readFileSync(pem('server.pem'), 'utf8'));
    const at = (name: string, port: number): string => `${name}://127.0.0.1:${port}`;
    const outside = [at('PLAINTEXT', plain), at('SCRAM', scram), at('MTLS', mtls), at('TOKEN', token)];
    return {
      listeners: [...outside, at('CONTROLLER', controller)].join(','),
      'advertised.listeners': outside.join(','),
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SCRAM:SASL_SSL,MTLS:SSL,TOKEN:SASL_PLAINTEXT',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': keys,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': pem('ca.pem'),
      'listener.name.mtls.ssl.client.auth': 'required',
      'listener.name.scram.sasl.enabled.mechanisms': 'SCRAM-SHA-512,SCRAM-SHA-256,PLAIN',
      'listener.name.scram.scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      'listener.name.scram.scram-sha-256.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      'listener.name.scram.plain.sasl.jaas.config':
        'org.apache.kafka.common.security.plain.PlainLoginModule required username="b" password="b" user_recon="in the clear";',
      'listener.name.token.sasl.enabled.mechanisms': 'OAUTHBEARER',
      'listener.name.token.oauthbearer.sasl.jaas.config':
        'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";',
    };
  }
}
