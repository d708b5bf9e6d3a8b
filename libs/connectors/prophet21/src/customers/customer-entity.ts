import type { ErpDocument, ErpReference } from '@tributary/connector-kit';
import type { P21Client } from '../p21-client.js';
import { P21SilentError } from '../p21-errors.js';
import type { P21Row, Scalar } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import { addressFields } from '../shapes/customer.js';
import { matchFields } from './customer-links.js';

/** The family of customers, with the slash that a collection needs (docs/reference/prophet21.md section 6). */
export const customersPath = '/api/entity/customers/';

const hints: ReadonlySet<string> = new Set(Object.values(matchFields));

/** Given to a new customer; afterwards they are the accountants' business, and Stripe's defaults never overwrite them. */
const onlyWhenCreated: ReadonlySet<string> = new Set(['SalesrepId', 'TermsId']);

/** A customer of the Entity API: flat properties, and those of its address. */
export interface CustomerEntity {
  readonly own: P21Row;
  readonly address: P21Row;
}

/** What a document says about a customer. @param creating with what a new customer is given once. */
export function entityOf(document: ErpDocument, creating: boolean): { own: Record<string, Scalar>; address: Record<string, Scalar> } {
  const entity = { own: {} as Record<string, Scalar>, address: {} as Record<string, Scalar> };
  for (const [name, value] of Object.entries(document.fields)) {
    if (value === null || hints.has(name) || (!creating && onlyWhenCreated.has(name))) continue;
    const part = name in addressFields ? entity.address : entity.own;
    part[name] = typeof value === 'bigint' ? String(value) : value;
  }
  return entity;
}

/** Body of a write; an address without properties is left out. */
export function bodyOf(key: Record<string, Scalar>, own: P21Row, address: P21Row): object {
  return { ...key, ...own, ...(Object.keys(address).length === 0 ? {} : { CustomerAddress: address }) };
}

/** The customer as the Entity API has it; its address only where it is asked for (section 6). `undefined`: there is no such customer. */
export async function readEntity(
  company: string,
  number: string,
  client: P21Client,
  signal: AbortSignal,
): Promise<CustomerEntity | undefined> {
  const path = `${customersPath}${encodeURIComponent(`${company}_${number}`)}?extendedproperties=*`;
  const answer = await client.read('api', path, signal);
  if (answer === undefined) return undefined;
  const { CustomerAddress: address, ...own } = answer as Record<string, unknown>;
  if (idOf(own.CustomerId as Scalar) !== number || textOf(own.CompanyId as Scalar) !== company)
    throw new P21SilentError('entity/customers', 'read', true, 'the answer is about another customer');
  return { own: own as P21Row, address: (address ?? {}) as P21Row };
}

/** What P21 calls a customer: company and number together. */
export function customerReference(company: string, number: string): ErpReference {
  return { CompanyId: company, CustomerId: number };
}
