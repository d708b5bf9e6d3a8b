import type { ErpDocument, ErpListedDocument, PostingOutcome } from '@tributary/connector-kit';
import { ErpDuplicateDocumentError } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { customerShape } from '../shapes/customer.js';
import { refuseWhatDoesNotFit } from '../sl-columns.js';
import { emailMark, keyMark, plantedId, stripeCustomerOf } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';
import { changeCustomer } from './customer-change.js';
import { createCustomer, givenTo } from './customer-create.js';
import { customerReference, onlyDeactivates } from './customer-columns.js';
import { CustomerLookups } from './customer-lookups.js';
import { matchCustomer } from './customer-match.js';
import type { SlDocumentKind, SlParts } from './document-kind.js';
import { pageOfMarks } from './mark-pages.js';

/**
 * A customer of the ledger (08.260): matched and changed, or created. Whose it is: customer-match.ts; what may be changed: customer-links.ts.
 * Rights: `ensure` fills empty User columns and nothing else; `versioned-upsert` fills what is empty, and overwrites only what mayOverwrite allows.
 * Source: docs/reference/dynamics-sl.md section 5.1. The settle delay is assumed: section 8 gives no figure.
 */
export const customer: SlDocumentKind = {
  kind: 'customer',
  shape: customerShape,
  settleMs: 5_000,
  post,
  describe: (document, { client }) =>
    onlyDeactivates(document)
      ? []
      : [client.describe('customerMaintenance', 'ADD', { myCustomer: givenTo(document) }, 'creates the customer when none matches')],
  async find(key, parts, signal) {
    const row = await customerOf(key, parts, signal);
    return row && { reference: customerReference(row), complete: true, missing: [] };
  },
  async read(key, parts, signal) {
    const row = await customerOf(key, parts, signal);
    return row && { reference: customerReference(row), released: true };
  },
  /** The mark of its key, its e-mail mark, or the Stripe customer. */
  marksOf(key) {
    const stripeId = stripeCustomerOf(key);
    return stripeId === undefined ? [keyMark(key)] : [keyMark(key), emailMark(key), plantedId(stripeId)];
  },
  async page(after, parts, signal) {
    const { rows, next } = await pageOfMarks('Customer', [], after, parts, signal);
    return { documents: rows.map(listed), next };
  },
};

function listed(row: SlRow): ErpListedDocument {
  const marks = [textOf(row.User2), textOf(row.User1)].filter((mark) => mark !== '');
  return { reference: customerReference(row), released: true, marks };
}

async function post(document: ErpDocument, parts: SlParts, signal: AbortSignal): Promise<PostingOutcome> {
  refuseWhatDoesNotFit(document, customerShape);
  const match = await matchCustomer(document, new CustomerLookups(parts.client), signal);
  if (match.kind === 'ambiguous') return match;
  if (match.kind === 'matched') return changeCustomer(document, match, parts, signal);
  if (onlyDeactivates(document)) return { kind: 'skipped', text: `${document.postingKey}: not in SL, nothing to deactivate` };
  return createCustomer(document, parts, signal);
}

async function customerOf(key: PostingKey, { client }: SlParts, signal: AbortSignal): Promise<SlRow | undefined> {
  const stripeId = stripeCustomerOf(key);
  const rows = await new CustomerLookups(client).ofKey(key, stripeId && plantedId(stripeId), signal);
  if (rows.length <= 1) return rows[0];
  const found = rows.map((row) => textOf(row.CustId)).join(', ');
  throw new ErpDuplicateDocumentError(`looking for ${key}: SL holds ${rows.length} customers with it (${found}); decide which one stands`, {
    postingKey: key,
    found,
  });
}
