import { Link } from '../components/link.js';
import { amountLine } from '../format/amount.js';
import { counted } from '../format/text.js';
import type { Overview } from '../recon/shapes.js';

/** Most currencies that the badge names; Today names all. */
const currenciesShown = 2;

/** How many kinds of work are open, with the money of the payments that need a person: Today has a row for each cause of them. */
export function ToDo({ overview }: { readonly overview: Overview | null | undefined }) {
  if (!overview) return null;
  const count = overview.open.length;
  const amounts = overview.open.find(({ what }) => what === 'needsPerson')?.sum.amounts ?? [];
  const more = amounts.length - currenciesShown;
  const money =
    amounts.slice(0, currenciesShown).map(amountLine).join(' · ') +
    (more > 0 ? ` and ${counted(more, 'currency', 'currencies')} more` : '');
  const nothing = count === 0 && overview.allClear;
  return (
    <Link href="/" className={nothing ? 'to-do none' : 'to-do'}>
      To do <strong>{count}</strong>
      {money !== '' && <span className="to-do-money"> {money}</span>}
    </Link>
  );
}
