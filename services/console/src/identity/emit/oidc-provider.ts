import * as client from 'openid-client';
import type { Configuration } from 'openid-client';

/** An identity provider, and how the console is known there. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a public client, which `PKCE` protects. */
  readonly clientSecret: (() => string) | undefined;
  /** Public address of the console, without a slash at its end. */
  readonly consoleUrl: string;
  /** Scopes, separated by blanks. */
  readonly scope: string;
  /** Claim with the groups: read from the userinfo endpoint when the ID token has none. */
  readonly groupsClaim: string;
}

/** The provider answered, and its answer is not accepted. The message is for the log. */
export class OidcRefusedError extends Error {}
/** The provider does not answer. The message is for the log. */
export class OidcUnavailableError extends Error {}

/** Secrets of one sign-in. */
export interface OidcSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Whom the provider has signed in. */
export interface ProviderIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** Claims of the ID token, and those of the userinfo endpoint that it lacks. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly idToken: string;
}

/** Path that the provider sends browsers back to. */
export const callbackPath = '/identity/oidc/callback';
const providerAnswersWithinS = 10;

/** An OpenID Connect provider: found by discovery when it is needed first, and again until that works. */
export class OidcProvider {
  private found: { readonly secret: string | undefined; readonly configuration: Promise<Configuration> } | undefined;

  /** @param fetchFor a fetch that calls these base URLs and no others. */
  constructor(
    private readonly settings: OidcSettings,
    private readonly fetchFor: (allowed: readonly string[]) => typeof fetch,
  ) {}

  newSecrets(): Omit<OidcSecrets, 'state'> {
    return { nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
  }

  /** Where a browser signs in. @throws {OidcUnavailableError} */
  async addressFor({ state, nonce, verifier }: OidcSecrets): Promise<URL> {
    return client.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: `${this.settings.consoleUrl}${callbackPath}`,
      scope: this.settings.scope,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
  }

  /** Exchanges the code of an answer. @throws {OidcRefusedError, OidcUnavailableError} */
  async exchange(url: URL, { state, nonce, verifier }: OidcSecrets): Promise<ProviderIdentity> {
    const configuration = await this.configuration();
    return this.explained('signing in at the identity provider', async () => {
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(configuration, url, checks);
      const claims = tokens.claims();
      if (!claims || tokens.id_token === undefined) throw new OidcRefusedError('the identity provider gave no ID token');
      const more = this.needsUserInfo(configuration, claims)
        ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {};
      return { issuer: claims.iss, subject: claims.sub, claims: { ...more, ...claims }, idToken: tokens.id_token };
    });
  }

  /** Where a browser signs out at the provider; undefined when it has no such address, or does not answer. */
  async signOutAddress(idToken: string): Promise<string | undefined> {
    try {
      const configuration = await this.configuration();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      const parameters = { id_token_hint: idToken, post_logout_redirect_uri: `${this.settings.consoleUrl}/sign-in` };
      return client.buildEndSessionUrl(configuration, parameters).href;
    } catch {
      return undefined; // the session here has ended in any case
    }
  }

  private needsUserInfo(configuration: Configuration, claims: Readonly<Record<string, unknown>>): boolean {
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return false;
    return claims[this.settings.groupsClaim] === undefined || claims.name === undefined;
  }

  private configuration(): Promise<Configuration> {
    const secret = this.settings.clientSecret?.();
    if (!this.found || this.found.secret !== secret) {
      const found = { secret, configuration: this.explained('finding the identity provider', () => this.discover(secret)) };
      found.configuration.catch(() => {
        if (this.found === found) this.found = undefined;
      });
      this.found = found;
    }
    return this.found.configuration;
  }

  private async discover(secret: string | undefined): Promise<Configuration> {
    const { issuer, clientId } = this.settings;
    const plainHttp = issuer.startsWith('http:'); // only of a loopback address: console.config.ts
    const configuration = await client.discovery(
      new URL(issuer),
      clientId,
      {},
      secret === undefined ? client.None() : client.ClientSecretPost(secret),
      {
        [client.customFetch]: noticing(this.fetchFor([issuer])),
        timeout: providerAnswersWithinS,
        ...(plainHttp ? { execute: [client.allowInsecureRequests] } : {}),
      },
    );
    const { token_endpoint, jwks_uri, userinfo_endpoint } = configuration.serverMetadata();
    const addresses = [issuer, token_endpoint, jwks_uri, userinfo_endpoint].filter((address) => address !== undefined);
    configuration[client.customFetch] = noticing(this.fetchFor(addresses));
    return configuration;
  }

  /** Tells a provider that does not answer from an answer that is not accepted. */
  private async explained<T>(doing: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const silent = chainOf(error).some(
        (cause) => cause instanceof OidcUnavailableError || (cause as { name?: unknown }).name === 'TimeoutError',
      );
      const why = error instanceof Error ? error.message : String(error);
      throw silent
        ? new OidcUnavailableError(`${doing}: it does not answer`, { cause: error })
        : new OidcRefusedError(`${doing}: ${why}`, { cause: error });
    }
  }
}

/** A fetch whose failures and answers of a broken server are marked as those of a provider that does not answer. */
function noticing(send: typeof fetch): client.CustomFetch {
  return async (url, options) => {
    let response: Response;
    try {
      response = await send(url, options as RequestInit);
    } catch (error) {
      throw new OidcUnavailableError('the identity provider does not answer', { cause: error });
    }
    if (response.status >= 500) throw new OidcUnavailableError(`the identity provider answers ${response.status}`);
    return response;
  };
}

function chainOf(error: unknown): object[] {
  const chain: object[] = [];
  for (let at = error; typeof at === 'object' && at !== null && chain.length < 10; at = (at as { cause?: unknown }).cause) chain.push(at);
  return chain;
}
