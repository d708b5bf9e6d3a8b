import type { ConnectionOptions } from 'node:tls';
import { ConfigurationError } from '../configuration-error.js';
import { createEgressFetch } from '../egress.js';
import { tlsMaterialSource } from '../outbound/outbound-connection.js';
import { secretSource } from '../secret-source.js';
import { accessTokens } from './access-token.js';
import { connectionFiles } from './client-files.js';
import type { TransportSecurityConfig } from './kafka-security.environment.js';
import { refusePlaintext } from './plaintext.js';
import { usable } from './usable.js';

/** Sign-in by a password. */
export interface PasswordSasl<Mechanism> {
  readonly mechanism: Mechanism;
  readonly username: string;
  readonly password: string;
}

/** How a Kafka client signs in; its secrets are read at each connection. */
export type KafkaSasl =
  | PasswordSasl<'plain'>
  | PasswordSasl<'scram-sha-256'>
  | PasswordSasl<'scram-sha-512'>
  | { readonly mechanism: 'oauthbearer'; readonly oauthBearerProvider: () => Promise<{ value: string }> };

/** What of a connection to Kafka is about protection. */
export interface KafkaSecurity {
  readonly ssl?: ConnectionOptions;
  readonly sasl?: KafkaSasl;
}

const tokenWithinMs = 8_000;

/**
 * TLS and sign-in of Kafka clients, from the environment. Certificates and passwords are read again when their files change: the client reads
 * them from here at every new connection.
 * @throws {ConfigurationError} for variables that do not go together, and for plaintext in production.
 */
export function kafkaSecurityOf(config: TransportSecurityConfig, warn: (text: string) => void): KafkaSecurity {
  const files = connectionFiles('KAFKA', {
    ca: config.KAFKA_CA_FILE,
    cert: config.KAFKA_CLIENT_CERT_FILE,
    key: config.KAFKA_CLIENT_KEY_FILE,
  });
  const tls = config.KAFKA_TLS ?? false;
  if (!tls && (files.caFile !== undefined || files.client !== undefined))
    throw new ConfigurationError(['KAFKA_CA_FILE and KAFKA_CLIENT_CERT_FILE are for TLS: set KAFKA_TLS=true, or leave them out']);
  refusePlaintext(config, 'kafka', tls, 'set KAFKA_TLS=true');
  const sasl = saslOf(config, tls, warn);
  return { ...(tls ? { ssl: sslOf(files, warn) } : {}), ...(sasl ? { sasl } : {}) };
}

/** kafkajs copies these for every socket, which reads the certificates as they are then. */
function sslOf(files: ReturnType<typeof connectionFiles>, warn: (text: string) => void): ConnectionOptions {
  const now = usable(() => tlsMaterialSource(files, warn));
  return {
    get ca() {
      const { ca } = now();
      return ca === undefined ? undefined : [...ca];
    },
    get cert() {
      return now().cert;
    },
    get key() {
      return now().key;
    },
    rejectUnauthorized: true,
  };
}

function saslOf(config: TransportSecurityConfig, tls: boolean, warn: (text: string) => void): KafkaSasl | undefined {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USERNAME: username, KAFKA_PASSWORD: value, KAFKA_PASSWORD_FILE: file } = config;
  if (mechanism === undefined) return undefined;
  if (mechanism === 'plain' && !tls)
    throw new ConfigurationError(['KAFKA_SASL_MECHANISM=plain shows the password: set KAFKA_TLS=true with it']);
  if (username === undefined) throw new ConfigurationError([`KAFKA_USERNAME is missing, for KAFKA_SASL_MECHANISM=${mechanism}`]);
  const secret = usable(() => secretSource('KAFKA_PASSWORD', { value, file, warn }));
  if (mechanism !== 'oauthbearer')
    return {
      mechanism,
      username,
      get password() {
        return secret();
      },
    } as KafkaSasl;
  const { KAFKA_OAUTH_TOKEN_URL: url, KAFKA_OAUTH_SCOPE: scope, KAFKA_CA_FILE: caFile } = config;
  if (url === undefined) throw new ConfigurationError(['KAFKA_OAUTH_TOKEN_URL is missing, for KAFKA_SASL_MECHANISM=oauthbearer']);
  refusePlaintext(config, 'kafka', url.startsWith('https:'), 'KAFKA_OAUTH_TOKEN_URL has to be https');
  const connection = caFile === undefined ? {} : { caFile };
  const fetch = createEgressFetch({ allow: [url], allowInternal: true, timeoutMs: tokenWithinMs, connection });
  const token = accessTokens({ url, clientId: username, clientSecret: secret, scope, fetch });
  return { mechanism, oauthBearerProvider: async () => ({ value: await token() }) };
}
