import type { DatabaseClient } from '@tributary/persistence';
import { hashSecret, randomSecret } from './random-secret.js';

/** How long somebody may take at the identity provider, ms. */
export const oidcRequestLivesMs = 10 * 60_000;

/** A sign-in that was begun at the identity provider. */
export interface OidcRequest {
  readonly nonce: string;
  /** `PKCE` code verifier. */
  readonly verifier: string;
  /** Path of the console to go back to. */
  readonly returnTo: string;
}

/** Sign-ins that are on their way. Each is used once, by the browser that began it. */
export class OidcRequestRepository {
  constructor(
    private readonly database: DatabaseClient,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** @returns the `state` for the provider, and the secret for the browser's cookie. */
  async begin(request: OidcRequest): Promise<{ readonly state: string; readonly browser: string }> {
    const [state, browser] = [randomSecret(), randomSecret()];
    const now = this.now();
    await this.database.query(`delete from console.oidc_request where expires_at < $1`, [new Date(now)]);
    await this.database.query(
      `insert into console.oidc_request (state_hash, browser_hash, nonce, verifier, return_to, expires_at) values ($1, $2, $3, $4, $5, $6)`,
      [hashSecret(state), hashSecret(browser), request.nonce, request.verifier, request.returnTo, new Date(now + oidcRequestLivesMs)],
    );
    return { state, browser };
  }

  /** Takes a request away, so that a second answer with its state is refused. Undefined: never begun here, used, too old, or by another browser. */
  async take(state: string, browser: string): Promise<OidcRequest | undefined> {
    const [row] = await this.database.query<OidcRequest>(
      `with taken as (delete from console.oidc_request where state_hash = $1 and browser_hash = $2 returning *)
       select nonce, verifier, return_to as "returnTo" from taken where expires_at > $3`,
      [hashSecret(state), hashSecret(browser), new Date(this.now())],
    );
    return row;
  }
}
