import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import type { P21Parts } from '../documents/document-kind.js';
import { afterWrite, P21NotDoneError, P21SilentError } from '../p21-errors.js';
import { idOf, textOf } from '../p21-json.js';
import type { Scalar } from '../p21-json.js';
import { keyColumn, plantedKey } from '../p21-keys.js';
import { bodyOf, customerReference, customersPath, entityOf } from './customer-entity.js';
import { CustomerLookups } from './customer-lookups.js';

/** The body of a new customer. Its number is assigned, so there is none in it. */
export function createBody(document: ErpDocument, company: string): object {
  const { own, address } = entityOf({ ...document, fields: { ...document.fields, Delete: null } }, true);
  return bodyOf({ CompanyId: company }, { ...own, LegacyId: plantedKey(document.postingKey) }, address);
}

/**
 * Creates a customer and reads it back by its mark. One that was deleted in Stripe meanwhile and is needed all the same is marked as deleted
 * afterwards. Source: docs/reference/prophet21.md section 7.1 (POST without a key inserts).
 */
export async function createCustomer(document: ErpDocument, { client, config }: P21Parts, signal: AbortSignal): Promise<PostingOutcome> {
  const { company } = config;
  if (typeof document.fields.CustomerName !== 'string')
    throw new P21NotDoneError('p21.field-invalid', `${document.postingKey}: a new customer needs a name`, 'CustomerName');
  const answer = await client.write({ verb: 'POST', at: 'api', path: customersPath, body: createBody(document, company) }, signal);
  const number = idOf((answer as { CustomerId?: Scalar } | null)?.CustomerId);
  const call = 'entity/customers';
  return afterWrite(call, async () => {
    const lookups = new CustomerLookups(client, config);
    const row = (await lookups.ofKey(document.postingKey, signal)).find((one) => number === '' || idOf(one.customer_id) === number);
    if (!row)
      throw new P21SilentError(call, 'write', true, `answered 200, and no customer has ${plantedKey(document.postingKey)} in ${keyColumn}`);
    const reference = customerReference(textOf(row.company_id), idOf(row.customer_id));
    if (document.fields.Delete === true) await markDeleted(reference.CustomerId ?? '', { client, config }, signal);
    return { kind: 'posted', reference };
  });
}

async function markDeleted(number: string, { client, config }: Pick<P21Parts, 'client' | 'config'>, signal: AbortSignal): Promise<void> {
  const body = bodyOf({ CompanyId: config.company, CustomerId: Number(number) }, { Delete: true }, {});
  await client.write(
    { verb: 'PUT', at: 'api', path: `${customersPath}${encodeURIComponent(`${config.company}_${number}`)}`, body },
    signal,
  );
}
