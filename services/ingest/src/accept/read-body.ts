import { isUtf8 } from 'node:buffer';
import { findJsonTextFault, maxJsonDepth } from '@tributary/platform';
import { DeliveryRefusedError } from '../decide/refusal.js';

/**
 * Decodes the body to text and parses it as JSON, each once.
 * Bytes that are not UTF-8 and bodies that begin with a byte order mark never verify with stripe-node, so Stripe does not send them
 * (docs/reference/stripe.md section 2).
 * @throws {DeliveryRefusedError} stripe.body-empty, stripe.body-not-utf8, stripe.body-nested, stripe.body-repeated-key, stripe.body-not-json
 */
export function readBody(body: Buffer): { readonly text: string; readonly json: unknown } {
  if (body.length === 0) throw new DeliveryRefusedError('stripe.body-empty', 'the request has no body');
  if (!isUtf8(body)) throw new DeliveryRefusedError('stripe.body-not-utf8', 'the body is not UTF-8');
  const text = body.toString('utf8');
  const found = findJsonTextFault(body, maxJsonDepth);
  if (found?.fault === 'nested')
    throw new DeliveryRefusedError('stripe.body-nested', `the body is nested deeper than ${maxJsonDepth} levels`);
  // The key itself goes nowhere: it may hold what the sender wrote (I8).
  if (found) throw new DeliveryRefusedError('stripe.body-repeated-key', `the key at byte ${found.at} stands twice in its object`);
  try {
    return { text, json: JSON.parse(text) };
  } catch {
    // The parser's message quotes the body, so it goes nowhere (I8).
    throw new DeliveryRefusedError('stripe.body-not-json', 'the body is not JSON');
  }
}
