import { timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { hmacSha256 } from '@tributary/platform';
import { DeliveryRefusedError } from '../decide/refusal.js';
import { fromSignatureHeader } from '../decide/signature-header.js';
import { checkTimeWindow } from '../decide/time-window.js';
import type { TimeWindow } from '../decide/time-window.js';

const signatureBytes = 32;
/** The right signature and an offered one, of one call at a time. */
const [expected, offered] = [Buffer.alloc(signatureBytes), Buffer.alloc(signatureBytes)];

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
  const secretIndex = secrets.findIndex((secret) => {
    expected.write(hmacSha256(secret).of(`${timestampS}.`, body, 'binary'), 'binary');
    return signatures.some((signature) => isExpected(signature));
  });
  if (secretIndex < 0)
    throw new DeliveryRefusedError(
      'stripe.signature-mismatch',
      'no signature matches: either the signing secret is of another endpoint or mode, or the body was changed on its way (a proxy that decodes or re-writes it)',
    );
  checkTimeWindow(timestampS, nowS, window);
  return { secretIndex };
}

/** @param signature 64 hexadecimal digits. */
function isExpected(signature: string): boolean {
  offered.write(signature, 'hex');
  return timingSafeEqual(offered, expected);
}
