import type { ConsoleShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { readerOf, readFlag, readList, readMaybe, readRecord, readText, readWord, readWords } from '../recon/read-value.js';

/** What the console knows of whoever looks at the page. */
export type WhoAmI = ReturnType<typeof readWhoAmI>;
/** Who is signed in. Roles are written as `viewer` or `accountant for ledger-one`. */
export type SignedIn = NonNullable<WhoAmI['person']>;
/** How somebody can sign in. Provider null: there is no identity provider; setUp: nobody was added yet. */
export type SignInOptions = WhoAmI['options'];

type PersonShape = NonNullable<ConsoleShapes['WhoAmIView']['person']>;

const readOptions = readerOf<ConsoleShapes['WhoAmIView']['options']>()({ password: readFlag, provider: readText, setUp: readFlag });

const readPerson = readerOf<PersonShape>()({
  subject: readWord,
  name: readWord,
  permissions: readWords,
  method: readWord,
  password: readPassword,
  csrfToken: readWord,
  endsAt: readText,
});

/** Reads the answer of `/identity/me`, whatever it is. */
export function readWhoAmI(value: Sent<ConsoleShapes['WhoAmIView']>) {
  const { identityConfigured, person, options } = readRecord(value);
  return { identityConfigured: readFlag(identityConfigured), person: readMaybe(person, readSignedIn), options: readOptions(options) };
}

function readSignedIn(value: Sent<PersonShape>) {
  return { ...readPerson(value), roles: readList(readRecord(value).grants, readRole) };
}

function readPassword(value: Sent<PersonShape['password']>): PersonShape['password'] {
  const said = readText(value);
  return said === 'set' || said === 'none' ? said : 'elsewhere';
}

function readRole(grant: Sent<PersonShape['grants'][number]>): string {
  const { role, target } = readRecord(grant);
  const of = readWord(target);
  return of === '*' ? readWord(role) : `${readWord(role)} for ${of}`;
}
