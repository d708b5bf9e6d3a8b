import type { IncomingHttpHeaders } from 'node:http';
import { TokenRefusedError, verifyToken } from '@tributary/identity';
import type { Identity, IsWithdrawn, KeySet } from '@tributary/identity';

/** What an authenticator reads of a request. */
export interface AuthenticatedRequest {
  readonly headers: IncomingHttpHeaders;
}

/** Finds out who makes a request. */
export interface Authenticator {
  /** @throws {IdentityMissingError | TokenRefusedError} */
  authenticate(request: AuthenticatedRequest): Promise<Identity>;
}

/** A request does not say who makes it. */
export class IdentityMissingError extends Error {
  readonly code = 'identity.missing';
  constructor(message = 'Say who you are: Authorization: Bearer <token>.') {
    super(message);
    this.name = 'IdentityMissingError';
  }
}

/** Whoever sends a token that one of the keys signed, and that is not withdrawn. */
export class BearerAuthenticator implements Authenticator {
  /** @param keys as they are now. */
  constructor(
    private readonly keys: () => Promise<KeySet>,
    private readonly isWithdrawn: IsWithdrawn,
    private readonly now = (): Date => new Date(),
  ) {}

  async authenticate({ headers: { authorization } }: AuthenticatedRequest): Promise<Identity> {
    if (authorization === undefined) throw new IdentityMissingError();
    const token = /^Bearer +([\w.-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw new TokenRefusedError('identity.invalid', 'The Authorization header has to be: Bearer <token>.');
    const identity = await verifyToken(token, await this.keys(), this.now());
    if (this.isWithdrawn(identity))
      throw new TokenRefusedError('identity.withdrawn', 'The token was withdrawn. Sign in again, or make a new token.');
    return identity;
  }
}
