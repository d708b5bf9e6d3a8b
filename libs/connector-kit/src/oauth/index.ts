export { BearerTokens } from './bearer-tokens.js';
export type { IssuedToken, TokenGrant } from './bearer-tokens.js';
export { clientCredentials } from './client-credentials.js';
export type { TokenIssuer } from './client-credentials.js';
export { secretCredential, tokenCredential } from './credential.js';
export type { Credential } from './credential.js';
export { TokenRefusedError, TokenSilentError } from './token-errors.js';
