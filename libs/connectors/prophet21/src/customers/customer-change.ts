import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import type { P21Parts } from '../documents/document-kind.js';
import { afterWrite, P21NotDoneError } from '../p21-errors.js';
import type { P21Row, Scalar } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import type { CustomerEntity } from './customer-entity.js';
import { bodyOf, customerReference, customersPath, entityOf, readEntity } from './customer-entity.js';
import type { CustomerLink } from './customer-links.js';
import { linkMark, mayOverwrite } from './customer-links.js';
import { onlyDeactivates } from './customer-match.js';

/**
 * Changes a customer that is there: only properties that are different and may be changed are sent, since the last writer wins (section 9), and
 * they are read back.
 */
export async function changeCustomer(
  document: ErpDocument,
  { row, link }: { readonly row: P21Row; readonly link: CustomerLink },
  { client, config }: P21Parts,
  signal: AbortSignal,
): Promise<PostingOutcome> {
  const number = idOf(row.customer_id);
  const reference = customerReference(config.company, number);
  const overwrite = mayOverwrite(row, document, link);
  if (onlyDeactivates(document) && !overwrite)
    return {
      kind: 'skipped',
      text: `${document.postingKey}: customer ${number} is linked by e-mail or stands for another Stripe customer, so it stays active`,
    };
  const before = await readEntity(config.company, number, client, signal);
  if (!before) return { kind: 'conflict', text: `${document.postingKey}: customer ${number} went away between look-up and change` };
  const { own, address } = changesTo(before, document, overwrite);
  const mark = linkMark(row, document, link);
  if (mark !== undefined) own.LegacyId = mark;
  if (Object.keys(own).length + Object.keys(address).length === 0) return { kind: 'posted', reference };
  const body = bodyOf({ CompanyId: config.company, CustomerId: Number(number) }, own, address);
  const path = `${customersPath}${encodeURIComponent(`${config.company}_${number}`)}`;
  await client.write({ verb: 'PUT', at: 'api', path, body }, signal);
  const after = await afterWrite('entity/customers', () => readEntity(config.company, number, client, signal));
  const ignored = notWritten({ own, address }, after);
  if (ignored.length === 0) return { kind: 'updated', reference };
  throw new P21NotDoneError(
    'p21.not-written',
    `${document.postingKey}: P21 answered 200 and left ${ignored.join(', ')} of customer ${number} as it was`,
    ignored[0],
  );
}

function changesTo(
  before: CustomerEntity,
  document: ErpDocument,
  overwrite: boolean,
): { own: Record<string, Scalar>; address: Record<string, Scalar> } {
  if (document.protocol === 'ensure') return { own: {}, address: {} };
  const wanted = entityOf(document, false);
  const noAddress = Object.entries(before.address).every(([name, value]) => !name.startsWith('Mail') || textOf(value) === '');
  const differing = (part: Record<string, Scalar>, has: P21Row): Record<string, Scalar> =>
    Object.fromEntries(
      Object.entries(part).filter(([name, value]) => {
        if (sameValue(name, value, has[name])) return false;
        // One address is one thing: it is filled as a whole or not at all.
        return overwrite || (name.startsWith('Mail') ? noAddress : textOf(has[name]) === '');
      }),
    );
  return { own: differing(wanted.own, before.own), address: differing(wanted.address, before.address) };
}

/** `Delete` is answered as true, as 'Y' or not at all (assumed). */
function sameValue(name: string, wanted: Scalar, found: Scalar | undefined): boolean {
  if (name === 'Delete') return wanted === ['true', 'Y'].includes(textOf(found));
  return textOf(wanted) === textOf(found);
}

/** Properties that the answer has and that are not as they were sent. */
function notWritten(sent: CustomerEntity, after: CustomerEntity | undefined): string[] {
  if (!after) return [];
  const parts = [[sent.own, after.own] as const, [sent.address, after.address] as const];
  return parts.flatMap(([part, has]) => Object.keys(part).filter((name) => name in has && !sameValue(name, part[name] ?? null, has[name])));
}
