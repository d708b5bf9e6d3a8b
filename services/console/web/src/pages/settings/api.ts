import { readList, readRecord, readText } from '../../recon/read-value.js';
import { addressPart } from '../../format/text.js';
import { askIdentity } from '../../identity/api.js';
import { identityChanged, useIdentity } from '../../identity/use-identity.js';
import { hrefOf } from '../../shell/address.js';
import type { Answer } from '../../shell/query.js';

/** A role for one target, or for all (`*`). */
export interface Grant {
  readonly role: string;
  readonly target: string;
}

/** A person as the page shows them. */
export interface Person {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly login: string | null;
  readonly issuer: string | null;
  readonly hasPassword: boolean;
  readonly locked: boolean;
  readonly grants: readonly Grant[];
}

/** A page of people in the order of their names. */
export interface People {
  readonly people: readonly Person[];
  readonly next: string | null;
}

/** An API token of anybody. */
export interface Token {
  readonly id: string;
  readonly personName: string;
  readonly name: string;
  readonly scope: readonly string[];
  readonly createdAt: string | null;
  readonly expiresAt: string | null;
  readonly withdrawnAt: string | null;
}

/** A link that signs somebody in once. */
export interface OneTimeLink {
  readonly address: string;
  readonly expiresAt: string | null;
}

/** People, as the console lists them. @param after id of the last one of the page before. */
export function usePeople(after: string | null): Answer<People> {
  return useIdentity(hrefOf('/people', { after }), readPeople);
}

/** The newest tokens of everybody. */
export function useAllTokens(): Answer<readonly Token[]> {
  return useIdentity('/tokens?of=everybody', readTokens);
}

/** Reads a page of people, whatever it is. */
export function readPeople(value: unknown): People {
  const { people, next } = readRecord(value);
  return { people: readList(people, readPerson), next: readText(next) };
}

/** Reads tokens, whatever they are. */
export function readTokens(value: unknown): readonly Token[] {
  return readList(readRecord(value).tokens, (token) => {
    const { id, personName, name, scope, createdAt, expiresAt, withdrawnAt } = readRecord(token);
    return {
      id: readText(id) ?? '',
      personName: readText(personName) ?? '',
      name: readText(name) ?? '',
      scope: readList(scope, (permission) => readText(permission) ?? ''),
      createdAt: readText(createdAt),
      expiresAt: readText(expiresAt),
      withdrawnAt: readText(withdrawnAt),
    };
  });
}

function readPerson(value: unknown): Person {
  const { id, subject, name, login, issuer, hasPassword, locked, grants } = readRecord(value);
  return {
    id: readText(id) ?? '',
    subject: readText(subject) ?? '',
    name: readText(name) ?? '',
    login: readText(login),
    issuer: readText(issuer),
    hasPassword: hasPassword === true,
    locked: locked === true,
    grants: readList(grants, readGrant),
  };
}

function readGrant(value: unknown): Grant {
  const { role, target } = readRecord(value);
  return { role: readText(role) ?? '', target: readText(target) ?? '' };
}

/** Adds a person. @returns who it is. */
export async function addPerson(person: {
  readonly name: string;
  readonly login: string;
  readonly grants: readonly Grant[];
}): Promise<Person> {
  const added = readPerson(await askIdentity('POST', '/people', person));
  await identityChanged();
  return added;
}

/** Changes what somebody may do, or locks them out. */
export async function changePerson(id: string, change: { readonly grants?: readonly Grant[]; readonly locked?: boolean }): Promise<void> {
  await askIdentity('PATCH', `/people/${addressPart(id)}`, change);
  await identityChanged();
}

/** Makes a link that signs a person in once. Links made before for them are of no use any more. */
export async function makeLink(id: string): Promise<OneTimeLink> {
  const { code, expiresAt } = readRecord(await askIdentity('POST', `/people/${addressPart(id)}/sign-in-link`));
  return { address: `${window.location.origin}/sign-in/link#${readText(code) ?? ''}`, expiresAt: readText(expiresAt) };
}

/** Withdraws a token of anybody. */
export async function withdrawToken(id: string): Promise<void> {
  await askIdentity('DELETE', `/tokens/${addressPart(id)}`);
  await identityChanged();
}
