import type { ErpDocument, ErpReference } from '@tributary/connector-kit';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { linkColumns, matchFields } from './customer-links.js';

/** The business object of customers. */
export const customerService = 'Erp.BO.CustomerSvc';

/** Fields of a customer document that are not written from its fields: those that steer the match, and those that the link sets. */
export const notWritten: readonly string[] = [...Object.values(matchFields), ...linkColumns];
/** Given to a new customer; afterwards they are the accountants' business, and Stripe's defaults never overwrite them. */
export const onlyWhenCreated: readonly string[] = ['CustID', 'CurrencyCode', 'TermsCode', 'TerritoryID'];
/** One address is one thing: its columns are filled together or not at all. */
export const addressColumns: readonly string[] = ['Address1', 'Address2', 'Address3', 'City', 'State', 'Zip', 'Country', 'CountryNum'];

/** What Kinetic calls a customer: its number, which documents refer to, and its code for people, which people may change. */
export function customerReference(row: KineticRow): ErpReference {
  return { CustNum: textOf(row.CustNum), CustID: textOf(row.CustID) };
}

/** Deactivating a customer that is not there is nothing to do; `ensure` needs it to be there, active or not. */
export function onlyDeactivates(document: ErpDocument): boolean {
  return document.fields.Inactive === true && document.protocol !== 'ensure';
}
