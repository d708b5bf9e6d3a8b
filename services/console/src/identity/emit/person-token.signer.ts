import { randomUUID } from 'node:crypto';
import { signToken } from '@tributary/identity';
import type { Permission, SigningKey } from '@tributary/identity';
import { subjectOf } from './person.repository.js';
import type { Person } from './person.repository.js';

/** How long a token for one forwarded call lives, s. */
export const forwardedTokenLivesS = 60;

/** What an API token is limited to. */
export interface ApiTokenTerms {
  readonly scope: readonly Permission[];
  readonly lifetimeS: number;
}

/** Signs tokens of people. */
export class PersonTokenSigner {
  /** @param key the private key, as it is now. */
  constructor(
    private readonly key: () => Promise<SigningKey>,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /**
   * A token for one call to another service.
   * @param sessionStartedAt ms since 1970. Times of tokens are whole seconds: one of a session that began within the second in which older
   *   tokens were withdrawn is dated to the next one, or it would be taken for one of those.
   */
  async forCall(person: Person, sessionStartedAt: number): Promise<string> {
    const now = new Date(Math.max(this.now(), Math.floor(sessionStartedAt / 1_000) * 1_000 + 1_000));
    return this.sign(person, randomUUID(), now, { lifetimeS: forwardedTokenLivesS });
  }

  /** An API token. @returns the token, its id and when it expires. */
  async forApi(
    person: Person,
    { scope, lifetimeS }: ApiTokenTerms,
    id: string,
    notBefore: number,
  ): Promise<{ readonly token: string; readonly expiresAt: Date }> {
    const now = new Date(Math.max(this.now(), Math.floor(notBefore / 1_000) * 1_000 + 1_000));
    const expiresAt = new Date((Math.floor(now.getTime() / 1_000) + lifetimeS) * 1_000);
    return { token: await this.sign(person, id, now, { scope, lifetimeS }), expiresAt };
  }

  private async sign(
    person: Person,
    tokenId: string,
    now: Date,
    terms: { readonly scope?: readonly Permission[]; readonly lifetimeS: number },
  ): Promise<string> {
    const { scope, lifetimeS } = terms;
    const claims = { subject: subjectOf(person.id), name: person.name, grants: person.grants, ...(scope ? { scope } : {}) };
    return signToken(await this.key(), claims, { tokenId, lifetimeS, now });
  }
}
