import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import { shortReference } from '@tributary/domain';
import { lastRow, tableRows } from '../kinetic-dataset.js';
import { KineticRefusedError, KineticSilentError } from '../kinetic-errors.js';
import { columnsOf } from '../kinetic-fields.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { plantedKey, postingKeyColumn, stripeCustomerColumn } from '../kinetic-keys.js';
import { customerReference, customerService, notWritten } from './customer-columns.js';
import { stripeIdOf } from './customer-links.js';
import type { CustomerParts } from './customer-lookups.js';

/** CustID has 10 characters (docs/reference/epicor-kinetic.md section 4.4). */
const derivedCustIdLength = 8;

/** Creates a customer in one write. Source: docs/reference/epicor-kinetic.md section 6.1, the sequence of production clients. */
export async function createCustomer(document: ErpDocument, parts: CustomerParts, signal: AbortSignal): Promise<PostingOutcome> {
  const { client } = parts;
  const defaults = lastRow(await client.read(`${customerService}/GetNewCustomer`, { input: { ds: {} } }, signal), 'Customer') ?? {};
  const given = givenTo(document);
  let row: KineticRow = { ...defaults, ...given, RowMod: 'A' };
  if (textOf(row.TerritoryID) === '') {
    // The server proposes the territory (and its sales representative) only when it is asked.
    const proposed = lastRow(
      await client.read(`${customerService}/GetCustomerTerritory`, { input: { custNum: 0, ds: { Customer: [row] } } }, signal),
      'Customer',
    );
    row = { ...row, ...proposed, ...given, RowMod: 'A' };
  }
  try {
    const answer = await client.write(`${customerService}/Update`, { ds: { Customer: [row] } }, signal);
    return created(tableRows(answer, 'Customer').find((one) => textOf(one.CustNum) !== '' && textOf(one.CustNum) !== '0'));
  } catch (error) {
    if (error instanceof KineticRefusedError && error.status === 409) return takenCustId(document, textOf(row.CustID), parts, signal);
    throw error;
  }
}

/** What a new customer gets from us. */
export function givenTo(document: ErpDocument): KineticRow {
  const stripeId = stripeIdOf(document);
  return {
    CustID: derivedCustId(document),
    ...columnsOf(document, new Set(notWritten)),
    [postingKeyColumn]: plantedKey(document.postingKey),
    ...(stripeId === undefined ? {} : { [stripeCustomerColumn]: stripeId }),
  };
}

function created(row: KineticRow | undefined): PostingOutcome {
  if (!row) throw new KineticSilentError(`${customerService}/Update`, 'write', true, 'answered 200 without the new customer');
  return { kind: 'posted', reference: customerReference(row) };
}

/** 409: the CustID is in use, so this call stored nothing. By ourselves (an answer that was lost), or by another customer. */
async function takenCustId(
  document: ErpDocument,
  custId: string,
  { lookups }: CustomerParts,
  signal: AbortSignal,
): Promise<PostingOutcome> {
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
