import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import { customerShape } from '../shapes/customer.js';
import { columnsOf } from '../sl-columns.js';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';
import { notWritten } from './customer-create.js';
import type { CustomerLink } from './customer-links.js';
import { linkOf, mayOverwrite } from './customer-links.js';
import { customerReference, onlyDeactivates } from './customer-columns.js';
import type { SlParts } from './document-kind.js';
import { sameName, storedName } from './person-name.js';

/** Given once, when a customer is created: what people keep in SL stays. */
const onlyWhenCreated: readonly string[] = ['CustId', 'ClassId', 'Terms', 'CuryId', 'BillName'];
/** An address is one thing: it is filled as a whole or not at all. */
const addressColumns: readonly string[] = ['Addr1', 'Addr2', 'City', 'State', 'Zip', 'Country'];
const marks: readonly string[] = ['User1', 'User2'];

/** A customer that was found, and how. */
interface Matched {
  readonly row: SlRow;
  readonly link: CustomerLink;
}

/** Changes what is different, in one call that names only that (PATCH). The web layer knows no row version: the last writer wins (section 7). */
export async function changeCustomer(
  document: ErpDocument,
  { row, link }: Matched,
  { client }: SlParts,
  signal: AbortSignal,
): Promise<PostingOutcome> {
  const overwrite = mayOverwrite(row, document, link);
  if (onlyDeactivates(document) && !overwrite)
    return {
      kind: 'skipped',
      text: `${document.postingKey}: customer ${textOf(row.CustId)} is linked by e-mail or stands for another Stripe customer, so it stays as it is`,
    };
  const changes = { ...changesTo(row, document, overwrite), ...linkOf(row, document, link) };
  if (Object.keys(changes).length === 0) return { kind: 'posted', reference: customerReference(row) };
  await client.screen('customerMaintenance').update({ myCustomer: { CustId: textOf(row.CustId), ...changes } }, signal);
  return { kind: 'updated', reference: customerReference(row) };
}

function changesTo(row: SlRow, document: ErpDocument, overwrite: boolean): SlRow {
  const wanted = columnsOf(document, customerShape, new Set([...notWritten, ...onlyWhenCreated, ...marks]));
  const noAddress = addressColumns.every((name) => textOf(row[name]) === '');
  const allowed = (name: string): boolean => {
    const empty = textOf(row[name]) === '';
    if (document.protocol === 'ensure') return /^User\d$|^x/.test(name) && empty;
    return overwrite || (addressColumns.includes(name) ? noAddress : empty);
  };
  const changed = Object.entries(wanted).filter(([name, value]) => !isSame(name, textOf(row[name]), textOf(value)) && allowed(name));
  return Object.fromEntries(changed.map(([name, value]) => [name, name === 'Name' ? storedName(textOf(value), textOf(row.Name)) : value]));
}

const isSame = (name: string, stored: string, wanted: string): boolean =>
  stored === wanted || (name === 'Name' && stored.includes('~') && sameName(stored, wanted));
