import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { DeliveryRefusedError } from '../decide/refusal.js';
import { fromSignatureHeader } from '../decide/signature-header.js';
import { checkTimeWindow } from '../decide/time-window.js';
import type { TimeWindow } from '../decide/time-window.js';

/**
 * Verifies that Stripe signed these bytes, with any live secret of the endpoint.
 *
 * Shape:  raw body and header -> which secret matched, 0 for the first configured one; a rotation is over when only 0 occurs.
 * Units:  `nowS` and the window are seconds.
 * Errors: DeliveryRefusedError stripe.signature-*.
 * Source: docs/reference/stripe.md section 2. HMAC-SHA256 over `<t>.<raw body bytes>`, keyed with the whole secret including
 *         `whsec_`. Never accepts what stripe-node refuses; is stricter about the future and about the form of the header.
 */
export function verifySignature(
  body: Buffer,
  header: string | undefined,
  secrets: readonly KeyObject[],
  nowS: number,
  window: TimeWindow,
): { readonly secretIndex: number } {
  const { timestampS, signatures } = fromSignatureHeader(header);
  const offered = signatures.map((signature) => Buffer.from(signature, 'hex'));
  const secretIndex = secrets.findIndex((secret) => {
    const expected = createHmac('sha256', secret).update(`${timestampS}.`).update(body).digest();
    return offered.some((signature) => timingSafeEqual(signature, expected));
  });
  if (secretIndex < 0)
    throw new DeliveryRefusedError(
      'stripe.signature-mismatch',
      'no signature matches: either the signing secret is of another endpoint or mode, or the body was changed on its way (a proxy that decodes or re-writes it)',
    );
  checkTimeWindow(timestampS, nowS, window);
  return { secretIndex };
}
