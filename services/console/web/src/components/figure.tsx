import { amountLine } from '../format/amount.js';
import { counted, countText, visibleText } from '../format/text.js';
import { hrefOf } from '../shell/address.js';
import type { Sum } from '../recon/shapes.js';
import { Amount } from './amount.js';
import { Link } from './link.js';

/** The unit of a figure: `payment`, `payments`. */
export interface Unit {
  readonly one: string;
  readonly many: string;
}

interface FigureProps {
  readonly count: number | null;
  readonly unit: Unit;
  /** Address of the list that the figure counts. */
  readonly href: string;
}

/** A count with its unit, linked to the list that it counts. */
export function Figure({ count, unit, href }: FigureProps) {
  return (
    <Link href={href} className="figure-link" label={`${counted(count, unit.one, unit.many)}: show the list`}>
      <span className="figure">{countText(count)}</span> <span className="unit">{count === 1 ? unit.one : unit.many}</span>
    </Link>
  );
}

/**
 * The sums of a list per currency, each linked to the part of the list in that currency. Amounts that are invalid for their currency have
 * no link.
 */
export function Sums({ sum, list }: { readonly sum: Sum; readonly list: Readonly<Record<string, string>> }) {
  if (sum.amounts.length === 0) return null;
  return (
    <ul className="sums">
      {sum.amounts.map((amount, index) => (
        <li key={`${amount.currency}-${index}`}>
          <Link
            href={hrefOf('/payments', { ...list, currency: amount.currency })}
            label={`${amountLine(amount)}: show the payments in ${visibleText(amount.currency, 12)}`}
          >
            <Amount amount={amount} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
