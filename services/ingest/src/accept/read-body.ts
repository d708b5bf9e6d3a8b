import { isUtf8 } from 'node:buffer';
import { maxJsonDepth } from '@tributary/platform';
import { DeliveryRefusedError } from '../decide/refusal.js';
import { JsonFault } from './json-fault.js';
import { fieldsOf, readFields } from './json-fields.js';

const id = { id: {} };
/** The fields that `fromStripeBody` and `keysOf` read. The body itself is published as it came, with all others. */
const eventFields = fieldsOf({
  ...{ object: {}, id: {}, type: {}, created: {}, livemode: {}, account: {}, api_version: {} },
  data: { object: { object: {}, id: {}, customer: id, payment_intent: id, charge: id, payment: { payment_intent: id } } },
});

/**
 * Decodes the body to text and reads the fields of an event in it, each once.
 * Bytes that are not UTF-8 and bodies that begin with a byte order mark never verify with stripe-node, so Stripe does not send them
 * (docs/reference/stripe.md section 2).
 * @throws {DeliveryRefusedError} stripe.body-empty, stripe.body-not-utf8, stripe.body-nested, stripe.body-repeated-key, stripe.body-not-json
 */
export function readBody(body: Buffer): { readonly text: string; readonly json: unknown } {
  if (body.length === 0) throw new DeliveryRefusedError('stripe.body-empty', 'the request has no body');
  if (!isUtf8(body)) throw new DeliveryRefusedError('stripe.body-not-utf8', 'the body is not UTF-8');
  try {
    return { text: body.toString('utf8'), json: readFields(body, eventFields) };
  } catch (error) {
    throw error instanceof JsonFault ? refusalOf(error) : error;
  }
}

function refusalOf({ fault, at }: JsonFault): DeliveryRefusedError {
  if (fault === 'nested') return new DeliveryRefusedError('stripe.body-nested', `the body is nested deeper than ${maxJsonDepth} levels`);
  // Neither the key nor what stands at the place goes anywhere: both may hold what the sender wrote (I8).
  if (fault === 'repeated-key')
    return new DeliveryRefusedError('stripe.body-repeated-key', `the key at byte ${at} stands twice in its object`);
  return new DeliveryRefusedError('stripe.body-not-json', `the body is not JSON from byte ${at} on`);
}
