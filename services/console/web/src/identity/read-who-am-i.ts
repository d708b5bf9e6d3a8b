import { readList, readRecord, readText } from '../recon/read-value.js';

/** How somebody can sign in. */
export interface SignInOptions {
  readonly password: boolean;
  /** Name of the identity provider; null: there is none. */
  readonly provider: string | null;
  /** Nobody was added yet. */
  readonly setUp: boolean;
}

/** Who is signed in. */
export interface SignedIn {
  readonly subject: string;
  readonly name: string;
  /** Roles as `viewer` or `accountant for ledger-one`. */
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly method: string;
  readonly password: 'set' | 'none' | 'elsewhere';
  readonly csrfToken: string;
  readonly endsAt: string | null;
}

/** What the console knows of whoever looks at the page. */
export interface WhoAmI {
  readonly identityConfigured: boolean;
  readonly person: SignedIn | null;
  readonly options: SignInOptions;
}

/** Reads the answer of `/identity/me`, whatever it is. */
export function readWhoAmI(value: unknown): WhoAmI {
  const { identityConfigured, person, options } = readRecord(value);
  const { password, provider, setUp } = readRecord(options);
  return {
    identityConfigured: identityConfigured === true,
    person: typeof person === 'object' && person !== null ? readSignedIn(readRecord(person)) : null,
    options: { password: password === true, provider: readText(provider), setUp: setUp === true },
  };
}

function readSignedIn(person: Readonly<Record<string, unknown>>): SignedIn {
  const { subject, name, grants, permissions, method, password, csrfToken, endsAt } = person;
  return {
    subject: readText(subject) ?? '',
    name: readText(name) ?? '',
    roles: readList(grants, readRole),
    permissions: readList(permissions, (permission) => readText(permission) ?? ''),
    method: readText(method) ?? '',
    password: password === 'set' || password === 'none' ? password : 'elsewhere',
    csrfToken: readText(csrfToken) ?? '',
    endsAt: readText(endsAt),
  };
}

function readRole(grant: unknown): string {
  const { role, target } = readRecord(grant);
  const name = readText(role) ?? '';
  return target === '*' ? name : `${name} for ${readText(target) ?? ''}`;
}
