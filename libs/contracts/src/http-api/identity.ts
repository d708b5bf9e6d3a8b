/** A role, for one target or for all (`*`), as the console's API shows it. */
export interface GrantView {
  readonly role: string;
  readonly target: string;
}

/** How somebody can sign in at this console. */
export interface SignInOptionsView {
  /** Whether people of this installation sign in with a password. */
  readonly password: boolean;
  /** Name of the identity provider; null where none is configured. */
  readonly provider: string | null;
  /** Nobody was added yet: the first person is, with the set-up code. */
  readonly setUp: boolean;
}

/** Answer of the console's `GET /identity/me`. */
export interface WhoAmIView {
  /** False where no identity is configured: everybody at this machine may do everything, and there is nothing to sign in to. */
  readonly identityConfigured: boolean;
  /** Null: nobody is signed in. */
  readonly person: SignedInView | null;
  readonly options: SignInOptionsView;
}

/** Who is signed in. */
export interface SignedInView {
  readonly subject: string;
  readonly name: string;
  readonly grants: readonly GrantView[];
  /** What they may do for at least one target. */
  readonly permissions: readonly string[];
  /** `password`, `link`, `oidc` or `set-up`; null for an API token. */
  readonly method: string | null;
  /** Whether they have a password here, and could have one. */
  readonly password: 'set' | 'none' | 'elsewhere';
  /** For the header `x-csrf-token` of every request that is not a GET; null for an API token. */
  readonly csrfToken: string | null;
  /** When the session ends without further use, ISO 8601; null for an API token. */
  readonly endsAt: string | null;
}

/** A person, as `GET /identity/people` lists them. */
export interface PersonView {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  /** Name for signing in with a password; null for people of the identity provider. */
  readonly login: string | null;
  /** Issuer of the identity provider; null for people of this installation. */
  readonly issuer: string | null;
  readonly hasPassword: boolean;
  readonly locked: boolean;
  readonly grants: readonly GrantView[];
}

/** Somebody to whom a dead letter can be given, as `GET /identity/colleagues` lists them. */
export interface ColleagueView {
  readonly subject: string;
  readonly name: string;
}

/** An API token, as `GET /identity/tokens` lists it. */
export interface ApiTokenView {
  readonly id: string;
  readonly subject: string;
  readonly personName: string;
  readonly name: string;
  readonly scope: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly withdrawnAt: string | null;
}

/** Answer of `POST /identity/tokens`: the only time that the token is shown. */
export interface NewApiTokenView {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: string;
}

/** Answer of `POST /identity/people/:id/sign-in-link`: the page is `/sign-in/link#<code>`. */
export interface SignInLinkView {
  readonly code: string;
  readonly expiresAt: string;
}

/** A session of whoever asks, as `GET /identity/sessions` lists it. */
export interface OwnSessionView {
  readonly id: string;
  /** `password`, `link`, `oidc` or `set-up`. */
  readonly method: string;
  readonly startedAt: string;
  readonly usedAt: string;
  /** Whether it is the session that asks. */
  readonly current: boolean;
}
