import { DeliveryRefusedError } from './refusal.js';

/** Characters; Stripe's header has about 80 per signature. */
const maxHeaderLength = 4_096;
/** Stripe signs once per live secret of the endpoint; more is an attempt to guess. */
const maxSignatures = 16;
const timestampPattern = /^\d{1,12}$/;
const signaturePattern = /^[0-9a-f]{64}$/;

/** The parts of a `Stripe-Signature` header that are verified. */
export interface SignatureHeader {
  /** Seconds since the epoch, as signed. */
  readonly timestampS: number;
  /** Lower-case hex HMAC-SHA256, at least one. */
  readonly signatures: readonly string[];
}

/**
 * Reads `Stripe-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>...][,v0=<hex>]`.
 *
 * Shape:  other schemes than v1 are ignored (v0 is a decoy of test mode); parts are split on commas and not trimmed.
 * Errors: DeliveryRefusedError stripe.signature-missing, stripe.signature-malformed. A malformed v1 refuses the whole header, also
 *         beside a good one: Stripe never sends it, and stripe-node throws a plain Error for the empty one.
 * Source: docs/reference/stripe.md section 2; stripe-node 23.1.0 `parseHeader`, which is looser (it takes `t=12abc` for 12).
 */
export function fromSignatureHeader(header: string | undefined): SignatureHeader {
  if (header === undefined || header === '')
    throw new DeliveryRefusedError('stripe.signature-missing', 'the request has no Stripe-Signature header');
  if (header.length > maxHeaderLength) throw malformed(`it is longer than ${maxHeaderLength} characters`);

  let timestampS: number | undefined;
  const signatures: string[] = [];
  for (const part of header.split(',')) {
    const separator = part.indexOf('=');
    const name = separator < 0 ? part : part.slice(0, separator);
    const value = separator < 0 ? '' : part.slice(separator + 1);
    if (name === 't') {
      if (!timestampPattern.test(value)) throw malformed('`t` is not a number of seconds');
      timestampS = Number(value);
    } else if (name === 'v1') {
      if (!signaturePattern.test(value)) throw malformed('a `v1` is not 64 lower-case hexadecimal digits');
      signatures.push(value);
    }
  }
  if (timestampS === undefined) throw malformed('it has no `t`');
  if (signatures.length === 0) throw malformed('it has no `v1`');
  if (signatures.length > maxSignatures) throw malformed(`it has more than ${maxSignatures} signatures`);
  return { timestampS, signatures };
}

function malformed(what: string): DeliveryRefusedError {
  return new DeliveryRefusedError('stripe.signature-malformed', `reading the Stripe-Signature header: ${what}`);
}
