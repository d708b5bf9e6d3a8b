import { amountText } from '../format/amount.js';
import type { Amount as AmountShape } from '../recon/shapes.js';

/** One amount. An amount that is invalid for its currency is marked with words, not only with colour. */
export function Amount({ amount, absent }: { readonly amount: AmountShape | null; readonly absent?: string }) {
  if (amount === null && absent !== undefined) return <span className="muted">{absent}</span>;
  const { figure, unit, exact } = amountText(amount);
  return (
    <span className={exact ? 'money' : 'money inexact'}>
      {figure} {unit && <span className="currency">{unit}</span>}
    </span>
  );
}
