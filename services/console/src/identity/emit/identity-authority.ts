import type { SigningKey } from '@tributary/identity';
import type { DatabaseClient } from '@tributary/persistence';
import type { SessionLife } from '../decide/session-life.js';
import { ApiTokenRepository } from './api-token.repository.js';
import { AttemptRepository } from './attempt.repository.js';
import { CredentialRepository } from './credential.repository.js';
import { OidcProvider } from './oidc-provider.js';
import type { OidcSettings } from './oidc-provider.js';
import { OidcRequestRepository } from './oidc-request.repository.js';
import { OidcSignIn } from './oidc-sign-in.js';
import type { OidcGroups } from './oidc-sign-in.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordSignIn } from './password-sign-in.js';
import { PeopleDirectory } from './people-directory.js';
import { PersonRepository } from './person.repository.js';
import { PersonTokenSigner } from './person-token.signer.js';
import { RevocationRepository } from './revocation.repository.js';
import { SessionRepository } from './session.repository.js';
import { SetUpCodeRepository } from './set-up-code.repository.js';
import { SignInLinkRepository } from './sign-in-link.repository.js';

/** What the authority needs from its surroundings. */
export interface AuthorityOptions {
  readonly database: DatabaseClient;
  /** The key that tokens of people are signed with, as it is now. */
  readonly signingKey: () => Promise<SigningKey>;
  readonly sessionLife: SessionLife;
  /** The identity provider, where one is configured. */
  readonly oidc?: OidcSettings & OidcGroups;
  /** A fetch that calls these base URLs and no others. */
  readonly fetchFor: (allowed: readonly string[]) => typeof fetch;
}

/** Everything that knows people and what they may do, for the controllers. */
export class IdentityAuthority {
  readonly people: PersonRepository;
  readonly directory: PeopleDirectory;
  readonly sessions: SessionRepository;
  readonly links: SignInLinkRepository;
  readonly setUpCodes: SetUpCodeRepository;
  readonly credentials: CredentialRepository;
  readonly hasher = new PasswordHasher();
  readonly passwords: PasswordSignIn;
  readonly tokens: ApiTokenRepository;
  readonly revocations: RevocationRepository;
  readonly signer: PersonTokenSigner;
  readonly oidc: OidcSignIn | undefined;

  constructor({ database, signingKey, sessionLife, oidc, fetchFor }: AuthorityOptions) {
    this.people = new PersonRepository(database);
    this.directory = new PeopleDirectory(database);
    this.sessions = new SessionRepository(database, sessionLife);
    this.links = new SignInLinkRepository(database);
    this.setUpCodes = new SetUpCodeRepository(database);
    this.credentials = new CredentialRepository(database);
    this.passwords = new PasswordSignIn(this.people, new AttemptRepository(database), this.credentials, this.hasher, database);
    this.tokens = new ApiTokenRepository(database);
    this.revocations = new RevocationRepository(database);
    this.signer = new PersonTokenSigner(signingKey);
    this.oidc =
      oidc &&
      new OidcSignIn(new OidcProvider(oidc, fetchFor), new OidcRequestRepository(database), this.directory, oidc, (attempt) =>
        this.passwords.refused(attempt),
      );
  }
}
