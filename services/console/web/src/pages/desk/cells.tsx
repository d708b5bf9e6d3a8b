import { Amount } from '../../components/amount.js';
import { countText, visibleText } from '../../format/text.js';
import type { Amount as AmountShape } from '../../recon/shapes.js';

/** Sums, one line per currency. */
export function Money({ amounts }: { readonly amounts: readonly AmountShape[] }) {
  if (amounts.length === 0) return <span className="muted">–</span>;
  return (
    <>
      {amounts.map((amount, index) => (
        <div key={index}>
          <Amount amount={amount} />
        </div>
      ))}
    </>
  );
}

/** A code with what was wrong in words below it. */
export function CauseText({ text }: { readonly text: string | null }) {
  return text === null ? null : <div className="muted what">{visibleText(text, 160)}</div>;
}

/** How many letters, and how many of them an order has. */
export function LetterCount({ count, ordered }: { readonly count: number; readonly ordered: number }) {
  return (
    <>
      {countText(count)}
      {ordered > 0 && <div className="muted">{countText(ordered)} in an order</div>}
    </>
  );
}
