import type { ErpDocument, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import { shortReference } from '@tributary/domain';
import type { KineticCall, KineticClient } from './kinetic.client.js';
import { lastRow, tableRows } from './kinetic.client.js';
import { KineticRefusedError, KineticSilentError } from './kinetic.errors.js';
import { columnsOf } from './kinetic-fields.js';
import { plantedKey, postingKeyColumn, stripeCustomerColumn, stripeCustomerOf } from './kinetic-keys.js';
import type { KineticRow, Scalar } from './kinetic-json.js';
import { textOf } from './kinetic-json.js';
import type { KineticLookups } from './kinetic-lookups.js';

/** A hint for the match, not a column: the CustID that the merchant keeps in Stripe metadata. */
const hint = 'MatchCustID';
/** Given to a new customer; afterwards they are the accountants' business, and Stripe's defaults never overwrite them. */
const onlyWhenCreated = ['CustID', 'CurrencyCode', 'TermsCode', 'TerritoryID'];
const service = 'Erp.BO.CustomerSvc';
/** CustID has 10 characters (docs/reference/epicor-kinetic.md section 4.4). */
const derivedCustIdLength = 8;

interface Parts {
  readonly client: KineticClient;
  readonly lookups: KineticLookups;
}

/**
 * A customer is matched or created: by posting key or Stripe id, by the CustID hint, by its own e-mail, by a contact's
 * e-mail. One match is adopted, several are ambiguous, none is created.
 *
 * Shape:  1 document -> at most one write (create, or change of one row), so `unknown` has one meaning.
 * Errors: `ensure` fills empty custom columns of a customer it found and nothing else.
 * Source: docs/reference/epicor-kinetic.md section 6.1, create sequence as in production clients.
 */
export async function postCustomer(document: ErpDocument, parts: Parts, signal: AbortSignal): Promise<PostingOutcome> {
  const linked = await linkedCustomer(document, parts, signal);
  if ('kind' in linked) return linked;
  if (linked.row) return changeCustomer(document, textOf(linked.row.CustNum), parts, signal);
  // Nobody's Stripe customer went away: an e-mail is no reason to switch a customer off.
  if (document.fields.Inactive === true) return { kind: 'skipped', text: `${document.postingKey}: not in Kinetic, nothing to deactivate` };

  const matched = await matchingCustomers(document, parts, signal);
  if (matched.length > 1)
    return ambiguous(
      'kinetic.customer-ambiguous',
      `${document.postingKey}: could be any of ${namesOf(matched)}; put ${stripeCustomerColumn} on the right one`,
    );
  const [match] = matched;
  if (!match) return createCustomer(document, parts, signal);
  const other = textOf(match[stripeCustomerColumn]);
  const own = stripeCustomerOf(document.postingKey);
  if (own !== undefined && other !== '' && other !== own)
    return ambiguous('kinetic.customer-taken', `${document.postingKey}: matches ${namesOf([match])}, which already stands for ${other}`);
  return changeCustomer(document, textOf(match.CustNum), parts, signal);
}

/**
 * The calls of a customer that store: the one that creates it. Matched in Kinetic it is changed instead: with `ensure` only empty custom
 * columns, otherwise every column that is different, except those that are given once.
 */
export function describeCustomer(document: ErpDocument): KineticCall[] {
  if (document.fields.Inactive === true) return [];
  return [
    {
      method: `${service}/Update`,
      input: { ds: { Customer: [{ ...givenTo(document), RowMod: 'A' }] } },
      text: 'creates the customer when none matches; the row also has the defaults of GetNewCustomer and GetCustomerTerritory',
    },
  ];
}

export function customerReference(row: KineticRow): ErpReference {
  return { CustNum: textOf(row.CustNum), CustID: textOf(row.CustID) };
}

async function linkedCustomer(
  document: ErpDocument,
  { lookups }: Parts,
  signal: AbortSignal,
): Promise<{ row: KineticRow | undefined } | PostingOutcome> {
  const rows = await lookups.customersOfKey(document.postingKey, signal);
  if (rows.length > 1)
    return ambiguous('kinetic.customer-ambiguous', `${document.postingKey}: stands on ${namesOf(rows)}; leave it on one of them`);
  const known = rows[0] ? undefined : document.known?.CustNum;
  return { row: rows[0] ?? (known ? await lookups.customer(known, signal) : undefined) };
}

async function matchingCustomers(document: ErpDocument, { lookups }: Parts, signal: AbortSignal): Promise<KineticRow[]> {
  const custId = document.fields[hint];
  if (typeof custId === 'string' && custId !== '') {
    const rows = await lookups.customersByCustId(custId, signal);
    if (rows.length > 0) return rows;
  }
  const email = document.fields.EMailAddress;
  return typeof email === 'string' && email !== '' ? lookups.customersByEmail(email, signal) : [];
}

/** One row of an existing customer, changed from what it is this moment (SysRevID, section 7). */
async function changeCustomer(
  document: ErpDocument,
  custNum: string,
  { client, lookups }: Parts,
  signal: AbortSignal,
): Promise<PostingOutcome> {
  const row = await lookups.customer(custNum, signal);
  if (!row) return { kind: 'conflict', text: `${document.postingKey}: customer ${custNum} went away between look-up and change` };
  const changes = changesTo(row, document);
  if (Object.keys(changes).length === 0) return { kind: 'posted', reference: customerReference(row) };
  // A full save sends the row as it was and the edited copy (section 4.2).
  const ds = {
    Customer: [
      { ...row, RowMod: '' },
      { ...row, ...changes, RowMod: 'U' },
    ],
  };
  await client.write(`${service}/Update`, { ds }, signal);
  return { kind: 'updated', reference: customerReference(row) };
}

function changesTo(row: KineticRow, document: ErpDocument): KineticRow {
  const wanted = { ...columnsOf(document, new Set([hint, ...onlyWhenCreated])), ...identityOf(document) };
  const entries = Object.entries(wanted).filter(([name, value]) => {
    const now = textOf(row[name]);
    // A guest may share the customer of a known payer: the first key that was planted stays.
    if (name === postingKeyColumn) return now === '';
    if (document.protocol === 'ensure' && (now !== '' || !name.endsWith('_c'))) return false;
    return now !== textOf(value);
  });
  return Object.fromEntries(entries);
}

function identityOf(document: ErpDocument): Record<string, Scalar> {
  const stripeId = stripeCustomerOf(document.postingKey);
  return { [postingKeyColumn]: plantedKey(document.postingKey), ...(stripeId ? { [stripeCustomerColumn]: stripeId } : {}) };
}

async function createCustomer(document: ErpDocument, parts: Parts, signal: AbortSignal): Promise<PostingOutcome> {
  const { client } = parts;
  const defaults = lastRow(await client.read(`${service}/GetNewCustomer`, { input: { ds: {} } }, signal), 'Customer') ?? {};
  const given = givenTo(document);
  let row: KineticRow = { ...defaults, ...given, RowMod: 'A' };
  if (textOf(row.TerritoryID) === '') {
    // The server proposes the territory (and its sales representative) only when it is asked.
    const proposed = lastRow(
      await client.read(`${service}/GetCustomerTerritory`, { input: { custNum: 0, ds: { Customer: [row] } } }, signal),
      'Customer',
    );
    row = { ...row, ...proposed, ...given, RowMod: 'A' };
  }
  try {
    const answer = await client.write(`${service}/Update`, { ds: { Customer: [row] } }, signal);
    return created(tableRows(answer, 'Customer').find((one) => textOf(one.CustNum) !== '' && textOf(one.CustNum) !== '0'));
  } catch (error) {
    if (error instanceof KineticRefusedError && error.status === 409) return takenCustId(document, textOf(row.CustID), parts, signal);
    throw error;
  }
}

/** What a new customer gets from us. */
function givenTo(document: ErpDocument): KineticRow {
  return { CustID: derivedCustId(document), ...columnsOf(document, new Set([hint])), ...identityOf(document) };
}

function created(row: KineticRow | undefined): PostingOutcome {
  if (!row) throw new KineticSilentError(`${service}/Update`, 'write', true, 'answered 200 without the new customer');
  return { kind: 'posted', reference: customerReference(row) };
}

/** 409: the CustID is in use, so this call stored nothing. By ourselves (an answer that was lost), or by another customer. */
async function takenCustId(document: ErpDocument, custId: string, { lookups }: Parts, signal: AbortSignal): Promise<PostingOutcome> {
  let rows: KineticRow[];
  try {
    rows = await lookups.customersByCustId(custId, signal);
  } catch {
    return { kind: 'conflict', text: `${document.postingKey}: CustID ${custId} is in use, by whom could not be read` };
  }
  const planted = plantedKey(document.postingKey);
  const own = rows.find((row) => row[postingKeyColumn] === planted);
  if (own) return { kind: 'posted', reference: customerReference(own) };
  return ambiguous(
    'kinetic.customer-id-taken',
    `${document.postingKey}: CustID ${custId} belongs to another customer; is it the same one?`,
  );
}

/** When the mapping gives none: `ST` and 8 characters (40 bits) of the posting key, so that a second attempt asks for the same one. */
function derivedCustId(document: ErpDocument): string {
  return `ST${shortReference(document.postingKey, derivedCustIdLength)}`;
}

function ambiguous(code: string, text: string): PostingOutcome {
  return { kind: 'ambiguous', code, text };
}

function namesOf(rows: readonly KineticRow[]): string {
  return rows.map((row) => `${textOf(row.CustID)} (CustNum ${textOf(row.CustNum)})`).join(', ');
}
