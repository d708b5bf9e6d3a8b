import type { BodyOf, ConsoleShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readerOf, readFlag, readList, readRecord, readText, readWord, readWords } from '../../recon/read-value.js';
import { readPage } from '../../recon/read.js';
import { order } from '../../shell/http.js';
import { usePageSize } from '../../shell/page-size.js';
import { identityChanged, useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';

/** A role for one target, or for all (`*`). A newer console may know more roles than this page. */
export type Grant = ConsoleShapes['GrantView'];
/** A person as the page shows them. */
export type Person = ReturnType<typeof readPerson>;
/** A page of people in the order of their names. */
export type People = ReturnType<typeof readPeople>;
/** An API token of anybody. */
export type Token = ReturnType<typeof readToken>;

/** A link that signs somebody in once. */
export interface OneTimeLink {
  readonly address: string;
  readonly expiresAt: string | null;
}

/** People, as the console lists them. @param at which page: ids of the last one of the page before, or the first one of the page after. */
export function usePeople(at: { readonly after: string | null; readonly before: string | null }): Answer<People> {
  return useRead('/identity/people', { ...at, limit: String(usePageSize()) }, readPeople);
}

/** The newest tokens of everybody. */
export function useAllTokens(): Answer<readonly Token[]> {
  return useRead('/identity/tokens', { of: 'everybody' }, readTokens);
}

/** Reads a page of people, whatever it is. */
export function readPeople(value: Sent<ConsoleShapes['PeoplePage']>) {
  return readPage(value, 'people', readPerson);
}

/** Reads tokens, whatever they are. */
export function readTokens(value: Sent<ConsoleShapes['ApiTokensView']>): readonly Token[] {
  return readList(readRecord(value).tokens, readToken);
}

const readToken = readerOf<ConsoleShapes['ApiTokenView']>()({
  id: readWord,
  personName: readWord,
  name: readWord,
  scope: readWords,
  createdAt: readText,
  expiresAt: readText,
  withdrawnAt: readText,
});

const readGrant = readerOf<Grant>()({ role: readWord, target: readWord });

const readPerson = readerOf<ConsoleShapes['PersonView']>()({
  id: readWord,
  subject: readWord,
  name: readWord,
  login: readText,
  issuer: readText,
  hasPassword: readFlag,
  locked: readFlag,
  grants: (value) => readList(value, readGrant),
});

/** Adds a person. @returns who it is. */
export async function addPerson(person: {
  readonly name: string;
  readonly login: string;
  readonly grants: readonly Grant[];
}): Promise<Person> {
  const added = readPerson(await order('post', '/identity/people', {}, person as BodyOf<'/identity/people', 'post'>));
  await identityChanged();
  return added;
}

/** Changes what somebody may do, or locks them out. */
export async function changePerson(id: string, change: { readonly grants?: readonly Grant[]; readonly locked?: boolean }): Promise<void> {
  await order('patch', '/identity/people/{id}', { id }, change as BodyOf<'/identity/people/{id}', 'patch'>);
  await identityChanged();
}

/** Makes a link that signs a person in once. Links made before for them are of no use any more. */
export async function makeLink(id: string): Promise<OneTimeLink> {
  const { code, expiresAt } = readRecord(await order('post', '/identity/people/{id}/sign-in-link', { id }, undefined));
  return { address: `${window.location.origin}/sign-in/link#${readWord(code)}`, expiresAt: readText(expiresAt) };
}

/** Withdraws a token of anybody. */
export async function withdrawToken(id: string): Promise<void> {
  await order('delete', '/identity/tokens/{id}', { id }, undefined);
  await identityChanged();
}
