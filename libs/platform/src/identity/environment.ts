import { z } from 'zod';

/** Variables with which a service knows who calls it, and says who it is itself. */
export const identityEnvironment = z.object({
  IDENTITY_JWKS: z
    .string()
    .optional()
    .describe('public keys (JWK set) of whoever may issue tokens; this or IDENTITY_JWKS_FILE; without either, only loopback is served'),
  IDENTITY_JWKS_FILE: z.string().optional().describe('file that holds what IDENTITY_JWKS would; read again when it changes'),
  IDENTITY_REVOCATIONS_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('where the console says which tokens are withdrawn, https://<console>/identity/revocations; needs SERVICE_KEY'),
  SERVICE_KEY: z.string().optional().describe('secret: private key (JWK) with which it says who it is when it calls another service'),
  SERVICE_KEY_FILE: z.string().optional().describe('file that holds what SERVICE_KEY would; read again when it changes'),
});

/** What `identityEnvironment` reads. */
export type IdentityConfig = z.infer<typeof identityEnvironment>;
