import { z } from 'zod';

const file = z.string().min(1).optional();

/** Variables that protect the calls between services (docs/adr/0071). */
export const serviceTlsVariables = {
  HTTP_TLS_CERT_FILE: file.describe(
    'certificate (PEM, with those between it and its authority) that HTTP_PORT is served with, over TLS only; read again when it changes. HEALTH_PORT stays plain',
  ),
  HTTP_TLS_KEY_FILE: file.describe('private key (PEM) of that certificate'),
  HTTP_TLS_CLIENT_CA_FILE: file.describe(
    'certificates (PEM) of the authorities that sign the certificates of callers: with it, a caller that shows none of theirs is refused; read again when it changes',
  ),
  SERVICE_CA_FILE: file.describe(
    'certificates (PEM) that other services are trusted by, beside those that Node knows; read again when it changes',
  ),
  SERVICE_CLIENT_CERT_FILE: file.describe('certificate (PEM) that is shown to other services; read again when it changes'),
  SERVICE_CLIENT_KEY_FILE: file.describe('private key (PEM) of that certificate'),
} as const;

/** The values of these variables; a caller without a schema leaves them out. */
export type ServiceTlsConfig = Partial<z.infer<z.ZodObject<typeof serviceTlsVariables>>> & {
  readonly TRIBUTARY_ENVIRONMENT?: string | undefined;
  readonly ALLOW_PLAINTEXT?: string | undefined;
};
