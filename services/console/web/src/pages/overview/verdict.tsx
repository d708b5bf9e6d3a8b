import { Link } from '../../components/link.js';
import { amountsLine } from '../../format/amount.js';
import { countText, visibleText } from '../../format/text.js';
import { timeOf } from '../../format/time.js';
import type { OpenItem, Snapshot } from '../../recon/shapes.js';
import type { Connection } from '../../shell/shared-feed.js';
import { addsUp } from './events.js';
import { openLabels } from './labels.js';
import { pageOfList } from './page-of-list.js';

interface Props {
  readonly snapshot: Snapshot | undefined;
  readonly connection: Connection;
  /** Clearing accounts that differ from Stripe, as `<target> <currency>`; undefined while they are not known. */
  readonly differing: readonly string[] | undefined;
}

/**
 * The summary in one sentence. It is green only when recon reports that nothing is open and lists no open items, the events add up, clearing
 * equals Stripe, and the live stream is connected. Otherwise it names the open items with their count and amount.
 */
export function Verdict({ snapshot, connection, differing }: Props) {
  if (snapshot === undefined) return <p className="card verdict calm">Waiting for the first figures.</p>;
  const { overview, counts } = snapshot;
  const adds = addsUp(counts);
  const open = overview?.open ?? [];
  const unknownReasons = overview !== null && !overview.allClear && open.length === 0;

  if (!adds || open.length > 0 || unknownReasons) {
    return (
      <section className="card verdict bad" aria-label="What is open">
        <h2>Not everything is done</h2>
        <ul>
          {!adds && <li>The events do not add up: see &ldquo;What became of every event&rdquo; below.</li>}
          {open.map((item, index) => (
            <li key={`${item.what}-${index}`}>
              <OpenLine item={item} />
            </li>
          ))}
          {unknownReasons && <li>recon says that something is open, but not what. Look at the list of payments that need a person.</li>}
        </ul>
      </section>
    );
  }
  if (overview === null) {
    return <p className="card verdict calm">This version of recon does not tell whether anything is open. The figures below are live.</p>;
  }
  if (connection !== 'live') {
    return <p className="card verdict calm">Nothing was open at {timeOf(overview.asOf ?? snapshot.asOf)}, when recon was last heard.</p>;
  }
  if (differing === undefined)
    return <p className="card verdict calm">No payment is open. Whether clearing equals Stripe is not known yet.</p>;
  if (differing.length > 0) {
    return (
      <p className="card verdict calm">
        No payment is open, but clearing differs from Stripe in {differing.map((one) => visibleText(one, 60)).join(', ')}.{' '}
        <Link href="/books">Books</Link>
      </p>
    );
  }
  return (
    <p className="card verdict good">
      Nothing is open: every captured payment is in the ledger, on its way, deliberately not booked, or failed at Stripe.
    </p>
  );
}

function OpenLine({ item }: { readonly item: OpenItem }) {
  const { count, amounts } = item.sum;
  const label = Object.hasOwn(openLabels, item.what) ? openLabels[item.what] : undefined;
  const words = label ? (count === 1 ? label.one : label.many) : visibleText(item.what);
  const text = `${countText(count)} ${words}${amounts.length > 0 ? `: ${amountsLine(amounts)}` : ''}`;
  const href = pageOfList(item.list);
  return href === undefined ? <>{text}</> : <Link href={href}>{text}</Link>;
}
