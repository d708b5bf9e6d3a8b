import type { Grant } from '@tributary/identity';
import { grantsOfGroups } from '../decide/group-grants.js';
import { personNameOf } from '../decide/sign-in-name.js';
import type { RefusedSignIn } from './identity-event.js';
import type { OidcProvider } from './oidc-provider.js';
import { OidcRefusedError } from './oidc-provider.js';
import type { OidcRequestRepository } from './oidc-request.repository.js';
import type { PeopleDirectory } from './people-directory.js';
import type { Person } from './person.repository.js';

/** What came back from the identity provider, and from which browser. */
export interface ProviderAnswer {
  /** The address that the provider sent the browser to, with its query. */
  readonly url: URL;
  /** The secret of the browser's cookie. */
  readonly browser: string | undefined;
  /** Where it is. */
  readonly address?: string;
}

/** Somebody whom the identity provider has signed in. */
export interface ProviderSignIn {
  readonly person: Person;
  readonly idToken: string;
  readonly returnTo: string;
}

/** Where the groups of somebody are told, and what they give. */
export interface OidcGroups {
  /** Name of the claim. */
  readonly groupsClaim: string;
  readonly groupGrants: ReadonlyMap<string, readonly Grant[]>;
}

/** Signs people in at the identity provider: who they are comes from there, and what they may do from their groups there. */
export class OidcSignIn {
  constructor(
    readonly provider: OidcProvider,
    private readonly requests: OidcRequestRepository,
    private readonly people: PeopleDirectory,
    private readonly groups: OidcGroups,
    private readonly refused: (attempt: RefusedSignIn) => Promise<void>,
  ) {}

  /** @returns where to send the browser, and the secret for its cookie. @throws {OidcUnavailableError} */
  async begin(returnTo: string): Promise<{ readonly url: URL; readonly browser: string }> {
    const { nonce, verifier } = this.provider.newSecrets();
    const { state, browser } = await this.requests.begin({ nonce, verifier, returnTo });
    return { url: await this.provider.addressFor({ state, nonce, verifier }), browser };
  }

  /** @throws {OidcRefusedError} for an answer that was not asked for or does not hold, {OidcUnavailableError} */
  async finish({ url, browser, address }: ProviderAnswer): Promise<ProviderSignIn> {
    const state = url.searchParams.get('state');
    const request = state === null || browser === undefined ? undefined : await this.requests.take(state, browser);
    if (!request || state === null) throw new OidcRefusedError('an answer of the identity provider that nobody here asked for');
    const { nonce, verifier, returnTo } = request;
    const { issuer, subject, claims, idToken } = await this.provider
      .exchange(url, { state, nonce, verifier })
      .catch(async (error: unknown) => {
        if (error instanceof OidcRefusedError) await this.refused({ method: 'oidc', personId: undefined, address });
        throw error;
      });
    const name = [claims.name, claims.preferred_username, claims.email].find((claim) => typeof claim === 'string');
    const grants = grantsOfGroups(claims[this.groups.groupsClaim], this.groups.groupGrants);
    const person = await this.people.signedInAt(issuer, subject, personNameOf(name, personNameOf(subject, 'somebody')), grants);
    if (person.locked) {
      await this.refused({ method: 'oidc', personId: person.id, address });
      throw new OidcRefusedError('the person is locked out here');
    }
    return { person, idToken, returnTo };
  }
}
