import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { changeCustomer } from '../customers/customer-change.js';
import { createBody, createCustomer } from '../customers/customer-create.js';
import { customerReference, customersPath } from '../customers/customer-entity.js';
import { CustomerLookups } from '../customers/customer-lookups.js';
import { matchCustomer, onlyDeactivates } from '../customers/customer-match.js';
import type { P21Row } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import { emailMark, keyColumn, legibleKey, plantedKey, stripeCustomerOf } from '../p21-keys.js';
import { all, odataNumber, odataText } from '../p21-odata.js';
import { customerShape } from '../shapes/customer.js';
import type { P21DocumentKind, P21Parts } from './document-kind.js';
import { pageRows } from './document-kind.js';
import { single } from './single.js';

/**
 * A customer of one company: matched and changed, or created. Whose it is: customers/customer-match.ts; what may be changed: customer-links.ts.
 *
 * Shape:  1 document -> at most one write (create, or change), so `unknown` has one meaning.
 * Rights: `ensure` writes no more than its mark into an empty legacy_id; `versioned-upsert` fills what is empty, and overwrites only what
 *         mayOverwrite allows.
 * Source: docs/reference/prophet21.md sections 6, 7.1 and 14.
 */
export const customer: P21DocumentKind = {
  kind: 'customer',
  shape: customerShape,
  post: postCustomer,
  describe: (document, { company }) =>
    onlyDeactivates(document)
      ? []
      : [
          {
            verb: 'POST',
            at: 'api',
            path: customersPath,
            body: createBody(document, company),
            text: 'creates the customer when none matches; P21 assigns its number',
          },
        ],
  async find(key, parts, signal) {
    const row = await customerOf(key, parts, signal);
    return row && { reference: referenceTo(row), complete: true, missing: [] };
  },
  async read(key, parts, signal) {
    const row = await customerOf(key, parts, signal);
    return row && { reference: referenceTo(row), released: true };
  },
  /** The planted key, its e-mail mark, or the Stripe customer. */
  marksOf(key) {
    const stripeId = stripeCustomerOf(key);
    return stripeId === undefined ? [plantedKey(key)] : [plantedKey(key), emailMark(key), stripeId];
  },
  async page(after, { client, config }, signal) {
    const filter = all(
      `company_id eq ${odataText(config.company)}`,
      `customer_id gt ${odataNumber(after ?? '0')}`,
      `${keyColumn} ne null`,
      `${keyColumn} ne ''`,
    );
    const query = { filter, select: ['customer_id', 'company_id', keyColumn], orderBy: 'customer_id', top: pageRows };
    const rows = await client.rows('customer', query, signal);
    const documents = rows
      .filter((row) => textOf(row.company_id) === config.company && textOf(row[keyColumn]) !== '')
      .map((row) => ({ reference: referenceTo(row), released: true, marks: [textOf(row[keyColumn])], ...legibleKey(row) }));
    const last = rows.at(-1);
    return { documents, next: last && rows.length >= pageRows ? idOf(last.customer_id) : undefined };
  },
};

async function postCustomer(document: ErpDocument, parts: P21Parts, signal: AbortSignal): Promise<PostingOutcome> {
  const match = await matchCustomer(document, new CustomerLookups(parts.client, parts.config), signal);
  if (match.kind === 'ambiguous') return match;
  if (match.kind === 'matched') return changeCustomer(document, match, parts, signal);
  if (onlyDeactivates(document)) return { kind: 'skipped', text: `${document.postingKey}: not in P21, nothing to deactivate` };
  return createCustomer(document, parts, signal);
}

async function customerOf(key: PostingKey, { client, config }: P21Parts, signal: AbortSignal): Promise<P21Row | undefined> {
  const rows = await new CustomerLookups(client, config).ofKey(key, signal);
  return single(rows, key, 'customers', (row) => idOf(row.customer_id));
}

function referenceTo(row: P21Row): ReturnType<typeof customerReference> {
  return customerReference(textOf(row.company_id), idOf(row.customer_id));
}
