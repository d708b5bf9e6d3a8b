import type { ErpDocument, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import { shortReference } from '@tributary/domain';
import type { CustomerLink } from './customer-links.js';
import { linkColumns, linkOf, matchFields, mayOverwrite, stripeIdOf } from './customer-links.js';
import { matchCustomer } from './customer-match.js';
import type { KineticCall, KineticClient } from './kinetic.client.js';
import { lastRow, tableRows } from './kinetic.client.js';
import { KineticRefusedError, KineticSilentError } from './kinetic.errors.js';
import { columnsOf } from './kinetic-fields.js';
import { plantedKey, postingKeyColumn, stripeCustomerColumn } from './kinetic-keys.js';
import type { KineticRow } from './kinetic-json.js';
import { textOf } from './kinetic-json.js';
import type { KineticLookups } from './kinetic-lookups.js';

/** Given to a new customer; afterwards they are the accountants' business, and Stripe's defaults never overwrite them. */
const onlyWhenCreated = ['CustID', 'CurrencyCode', 'TermsCode', 'TerritoryID'];
const notColumns = Object.values(matchFields);
/** One address is one thing: its columns are filled together or not at all. */
const addressColumns = ['Address1', 'Address2', 'Address3', 'City', 'State', 'Zip', 'Country', 'CountryNum'];
const service = 'Erp.BO.CustomerSvc';
/** CustID has 10 characters (docs/reference/epicor-kinetic.md section 4.4). */
const derivedCustIdLength = 8;

interface Parts {
  readonly client: KineticClient;
  readonly lookups: KineticLookups;
}

/**
 * Matches a customer (see customer-match.ts) and changes it, or creates it.
 *
 * Shape:  1 document -> at most one write (create, or change of one row), so `unknown` has one meaning.
 * Rights: `ensure` fills empty custom columns and nothing else; `versioned-upsert` fills what is empty, and overwrites only what mayOverwrite
 *         allows. A customer that is created although it was deleted in Stripe meanwhile (`ensure` with Inactive) is created inactive.
 * Source: docs/reference/epicor-kinetic.md section 6.1, create sequence as in production clients. That a customer can be created with
 *         Inactive set is assumed.
 */
export async function postCustomer(document: ErpDocument, parts: Parts, signal: AbortSignal): Promise<PostingOutcome> {
  const match = await matchCustomer(document, parts.lookups, signal);
  if (match.kind === 'ambiguous') return match;
  if (match.kind === 'matched') return changeCustomer(document, match, parts, signal);
  if (onlyDeactivates(document)) return { kind: 'skipped', text: `${document.postingKey}: not in Kinetic, nothing to deactivate` };
  return createCustomer(document, parts, signal);
}

/**
 * The calls of a customer that store: the one that creates it. Matched in Kinetic it is changed instead: with `ensure` only empty custom
 * columns, otherwise every column that is different and may be changed, except those that are given once.
 */
export function describeCustomer(document: ErpDocument): KineticCall[] {
  if (onlyDeactivates(document)) return [];
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

/** Deactivating a customer that is not there is nothing to do; `ensure` needs it to be there, active or not. */
function onlyDeactivates(document: ErpDocument): boolean {
  return document.fields.Inactive === true && document.protocol !== 'ensure';
}

/** One row of an existing customer, changed from what it is this moment (SysRevID, section 7). */
async function changeCustomer(
  document: ErpDocument,
  { custNum, link }: { readonly custNum: string; readonly link: CustomerLink },
  { client, lookups }: Parts,
  signal: AbortSignal,
): Promise<PostingOutcome> {
  const row = await lookups.customer(custNum, signal);
  if (!row) return { kind: 'conflict', text: `${document.postingKey}: customer ${custNum} went away between look-up and change` };
  const overwrite = mayOverwrite(row, document, link);
  if (onlyDeactivates(document) && !overwrite)
    return {
      kind: 'skipped',
      text: `${document.postingKey}: customer ${textOf(row.CustID)} is linked by e-mail or stands for another Stripe customer, so it stays active`,
    };
  const changes = { ...changesTo(row, document, overwrite), ...linkOf(row, document, link) };
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

function changesTo(row: KineticRow, document: ErpDocument, overwrite: boolean): KineticRow {
  const wanted = columnsOf(document, new Set<string>([...notColumns, ...linkColumns, ...onlyWhenCreated]));
  const empty = (name: string): boolean => textOf(row[name]) === '';
  const noAddress = addressColumns.every((name) => empty(name) || (name === 'CountryNum' && textOf(row[name]) === '0'));
  const allowed = (name: string): boolean => {
    if (document.protocol === 'ensure') return name.endsWith('_c') && empty(name);
    return overwrite || (addressColumns.includes(name) ? noAddress : empty(name));
  };
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => textOf(row[name]) !== textOf(value) && allowed(name)));
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
  const stripeId = stripeIdOf(document);
  return {
    CustID: derivedCustId(document),
    ...columnsOf(document, new Set<string>([...notColumns, ...linkColumns])),
    [postingKeyColumn]: plantedKey(document.postingKey),
    ...(stripeId === undefined ? {} : { [stripeCustomerColumn]: stripeId }),
  };
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
  return {
    kind: 'ambiguous',
    code: 'kinetic.customer-id-taken',
    text: `${document.postingKey}: CustID ${custId} belongs to another customer; resolve with its CustNum if it is the same one, else give this one another CustID in the mapping`,
  };
}

/** When the mapping gives none: `ST` and 8 characters (40 bits) of the posting key, so that a second attempt asks for the same one. */
function derivedCustId(document: ErpDocument): string {
  return `ST${shortReference(document.postingKey, derivedCustIdLength)}`;
}
