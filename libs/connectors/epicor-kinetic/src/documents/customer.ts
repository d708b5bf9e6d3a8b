import type { ErpDocument, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type { KineticCall } from '../kinetic-client.js';
import { textOf } from '../kinetic-json.js';
import {
  emailMark,
  legibleKey,
  plantedKey,
  plantedStripeId,
  postingKeyColumn,
  stripeCustomerColumn,
  stripeCustomerOf,
} from '../kinetic-keys.js';
import { customerShape } from '../shapes/customer.js';
import { changeCustomer } from './customer-change.js';
import { customerReference, customerService, onlyDeactivates } from './customer-columns.js';
import { createCustomer, givenTo } from './customer-create.js';
import { CustomerLookups } from './customer-lookups.js';
import { matchCustomer } from './customer-match.js';
import type { KineticDocumentKind, KineticParts } from './document-kind.js';
import { whole } from './document-kind.js';
import { single } from './single.js';

/**
 * A customer of the ledger: matched and changed, or created. Whose it is: customer-match.ts; what may be changed: customer-links.ts.
 *
 * Shape:  1 document -> at most one write (create, or change of one row), so `unknown` has one meaning.
 * Rights: `ensure` fills empty custom columns and nothing else; `versioned-upsert` fills what is empty, and overwrites only what mayOverwrite
 *         allows. A customer that is created although it was deleted in Stripe meanwhile (`ensure` with Inactive) is created inactive.
 * Source: docs/reference/epicor-kinetic.md section 6.1. Assumed: that a customer can be created with Inactive set, and the settle delay
 *         (section 8 gives no figure).
 */
export const customer: KineticDocumentKind = {
  kind: 'customer',
  shape: customerShape,
  settleMs: 2_000,
  post: postCustomer,
  describe: describeCustomer,
  async find(key, parts, signal) {
    const reference = await findCustomer(key, parts, signal);
    return reference && whole(reference);
  },
  async read(key, parts, signal) {
    const reference = await findCustomer(key, parts, signal);
    return reference && { reference, released: true };
  },
  /** The planted key, its e-mail mark, or the Stripe customer. */
  marksOf(key) {
    const stripeId = stripeCustomerOf(key);
    return stripeId === undefined ? [plantedKey(key)] : [plantedKey(key), emailMark(key), plantedStripeId(stripeId)];
  },
  list: {
    service: customerService,
    entitySet: 'Customers',
    columns: ['CustNum', 'CustID', stripeCustomerColumn, postingKeyColumn],
    ours: `(${postingKeyColumn} ne '' or ${stripeCustomerColumn} ne '')`,
    orderBy: 'CustNum',
    after: ([number = '0']) => `CustNum gt ${number}`,
    cursorOf: (row) => [textOf(row.CustNum)],
    documentOf: (row) =>
      Promise.resolve({
        reference: customerReference(row),
        released: true,
        marks: [textOf(row[postingKeyColumn]), textOf(row[stripeCustomerColumn])].filter((mark) => mark !== ''),
        ...legibleKey(row),
      }),
  },
};

async function postCustomer(document: ErpDocument, { client, config }: KineticParts, signal: AbortSignal): Promise<PostingOutcome> {
  const parts = { client, lookups: new CustomerLookups(client, config) };
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
function describeCustomer(document: ErpDocument): readonly KineticCall[] {
  if (onlyDeactivates(document)) return [];
  return [
    {
      method: `${customerService}/Update`,
      input: { ds: { Customer: [{ ...givenTo(document), RowMod: 'A' }] } },
      text: 'creates the customer when none matches; the row also has the defaults of GetNewCustomer and GetCustomerTerritory',
    },
  ];
}

async function findCustomer(key: PostingKey, { client, config }: KineticParts, signal: AbortSignal): Promise<ErpReference | undefined> {
  const stripeId = stripeCustomerOf(key);
  const rows = await new CustomerLookups(client, config).customersOfKey(key, stripeId && plantedStripeId(stripeId), signal);
  const row = single(rows, key, 'customers', (one) => textOf(one.CustID));
  return row && customerReference(row);
}
