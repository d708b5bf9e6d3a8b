import { Amount } from '../../components/amount.js';
import type { Amount as AmountShape } from '../../recon/shapes.js';

/** Amounts after a figure, each with a dot before it. */
export function AmountsAfter({ amounts }: { readonly amounts: readonly (AmountShape | null)[] }) {
  return amounts.map((amount, index) => (
    <span key={index}>
      {' · '}
      <Amount amount={amount} absent="amount not known" />
    </span>
  ));
}
