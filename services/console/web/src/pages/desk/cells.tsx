import { Amount } from '../../components/amount.js';
import { Link } from '../../components/link.js';
import { failureText } from '../../format/failure-text.js';
import { addressPart, countText, visibleText } from '../../format/text.js';
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
  return text === null ? null : <div className="muted what">{visibleText(failureText(text), 160)}</div>;
}

interface ReplaysProps {
  readonly count: number;
  /** The letter before; null: the row leads to it. */
  readonly previous?: string | null;
}

/** How often a message failed again after a replay, with a link to the letter before. */
export function Replays({ count, previous = null }: ReplaysProps) {
  if (count === 0) return <span className="muted">none</span>;
  return (
    <span className="bad">
      {countText(count)}
      {previous !== null && (
        <>
          {', '}
          <Link href={`/letters/${addressPart(previous)}`} label={`The letter before: ${visibleText(previous, 60)}`}>
            before
          </Link>
        </>
      )}
    </span>
  );
}

/** Who looks after it. */
export function With({ name }: { readonly name: string | null | undefined }) {
  return name ? visibleText(name, 40) : <span className="muted">nobody</span>;
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
