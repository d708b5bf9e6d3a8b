import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import { columnsOf } from '../kinetic-fields.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { addressColumns, customerReference, customerService, notWritten, onlyDeactivates, onlyWhenCreated } from './customer-columns.js';
import type { CustomerLink } from './customer-links.js';
import { linkOf, mayOverwrite } from './customer-links.js';
import type { CustomerParts } from './customer-lookups.js';

/** One row of an existing customer, changed from what it is this moment (SysRevID, section 7). */
export async function changeCustomer(
  document: ErpDocument,
  { custNum, link }: { readonly custNum: string; readonly link: CustomerLink },
  { client, lookups }: CustomerParts,
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
  await client.write(`${customerService}/Update`, { ds }, signal);
  return { kind: 'updated', reference: customerReference(row) };
}

function changesTo(row: KineticRow, document: ErpDocument, overwrite: boolean): KineticRow {
  const wanted = columnsOf(document, new Set([...notWritten, ...onlyWhenCreated]));
  const empty = (name: string): boolean => textOf(row[name]) === '';
  const noAddress = addressColumns.every((name) => empty(name) || (name === 'CountryNum' && textOf(row[name]) === '0'));
  const allowed = (name: string): boolean => {
    if (document.protocol === 'ensure') return name.endsWith('_c') && empty(name);
    return overwrite || (addressColumns.includes(name) ? noAddress : empty(name));
  };
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => textOf(row[name]) !== textOf(value) && allowed(name)));
}
