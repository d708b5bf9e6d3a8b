import type { ErpDocument, ErpReference } from '@tributary/connector-kit';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';

/** A change that only takes a customer out of use, or puts it on hold: never a reason to create one. */
export function onlyDeactivates({ fields, protocol }: ErpDocument): boolean {
  return protocol === 'versioned-upsert' && (fields.Status === 'I' || (fields.Status === 'H' && fields.Name === undefined));
}

/** What identifies a customer. */
export function customerReference(row: SlRow): ErpReference {
  return { CustId: textOf(row.CustId) };
}
