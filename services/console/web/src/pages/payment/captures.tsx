import { Amount } from '../../components/amount.js';
import { Link } from '../../components/link.js';
import { visibleText } from '../../format/text.js';
import type { Payment } from '../../recon/shapes.js';
import { paymentHref } from '../../shell/address.js';
import { StandingChip } from '../payments/chips.js';
import { idOf } from '../payments/payment-table.js';

/** Values that were masked when they came in: named, never shown, because they looked like card numbers. */
export function Masked({ fields }: { readonly fields: readonly string[] }) {
  if (fields.length === 0) return null;
  return (
    <p className="notice masked">
      Masked when it came in, because it looked like a card number:{' '}
      {fields.map((path, index) => (
        <span key={index}>
          {index > 0 && ', '}
          <code>{visibleText(path)}</code>
        </span>
      ))}
      . The original value is stored nowhere.
    </p>
  );
}

/** The captures of a charge that was captured in parts. */
export function Captures({
  captures,
  shown,
  query,
}: {
  captures: readonly Payment[];
  shown: Payment;
  query: Readonly<Record<string, string | null>>;
}) {
  if (captures.length < 2) return null;
  return (
    <>
      <h3>{captures.length} captures of this charge</h3>
      <ul className="captures">
        {captures.map((capture, index) => (
          <li key={`${capture.part ?? ''}-${index}`}>
            <Link href={paymentHref(idOf(capture) ?? '', { ...query, part: capture.part })} current={capture.part === shown.part}>
              <Amount amount={capture.amount} absent="Amount not known" />
            </Link>{' '}
            <span className="muted">{capture.part === null ? 'first capture' : `part ${visibleText(capture.part, 60)}`}</span>{' '}
            <StandingChip payment={capture} />
          </li>
        ))}
      </ul>
    </>
  );
}
