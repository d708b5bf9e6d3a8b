import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import { shortReference } from '@tributary/domain';
import { rowIn } from '../doors/door.js';
import { customerShape } from '../shapes/customer.js';
import { columnsOf } from '../sl-columns.js';
import { isDuplicate, SlSilentError } from '../sl-errors.js';
import { keyMark } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';
import { matchFields, stripeIdOf } from './customer-links.js';
import { CustomerLookups } from './customer-lookups.js';
import type { SlParts } from './document-kind.js';

/** Fields that only steer the match. */
export const notWritten: ReadonlySet<string> = new Set(Object.values(matchFields));
const derivedLength = 8;

/** What a new customer gets from us. Its CustId is made from the posting key where the mapping gives none, so that a second attempt asks for the same one. */
export function givenTo(document: ErpDocument): SlRow {
  const stripeId = stripeIdOf(document);
  return {
    CustId: `ST${shortReference(document.postingKey, derivedLength)}`,
    ...columnsOf(document, customerShape, notWritten),
    User2: keyMark(document.postingKey),
    ...(stripeId === undefined ? {} : { User1: stripeId }),
  };
}

/** Creates a customer in one call. */
export async function createCustomer(document: ErpDocument, parts: SlParts, signal: AbortSignal): Promise<PostingOutcome> {
  const given = givenTo(document);
  try {
    const answer = await parts.client.screen('customerMaintenance').add({ myCustomer: given }, signal);
    const CustId = textOf(rowIn(answer, 'myCustomer').CustId);
    if (CustId === '') throw new SlSilentError('customerMaintenance ADD', 'write', true, 'answered without the new customer');
    return { kind: 'posted', reference: { CustId } };
  } catch (error) {
    if (isDuplicate(error)) return taken(document, textOf(given.CustId), parts, signal);
    throw error;
  }
}

/** The CustId is in use, so this call stored nothing. By ourselves (an answer that was lost), or by another customer. */
async function taken({ postingKey }: ErpDocument, custId: string, { client }: SlParts, signal: AbortSignal): Promise<PostingOutcome> {
  let row: SlRow | undefined;
  try {
    row = await new CustomerLookups(client).ofId(custId, signal);
  } catch {
    return { kind: 'conflict', text: `${postingKey}: CustId ${custId} is in use, by whom could not be read` };
  }
  if (row && textOf(row.User2) === keyMark(postingKey)) return { kind: 'posted', reference: { CustId: textOf(row.CustId) } };
  return {
    kind: 'ambiguous',
    code: 'sl.customer-id-taken',
    text: `${postingKey}: CustId ${custId} belongs to another customer; resolve with it if it is the same one, else give this one another CustId in the mapping`,
  };
}
