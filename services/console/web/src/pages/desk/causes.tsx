import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { amountLine, sumPerCurrency } from '../../format/amount.js';
import { addressPart, counted, countText, visibleText } from '../../format/text.js';
import { ActionBar, OrderingDialog, useOrdering } from './actions.js';
import type { Letters } from './actions.js';
import { CauseText, LetterCount, Money } from './cells.js';
import { deskHref } from './filters.js';
import type { Cause } from './read-desk.js';
import { SelectableTable } from './selectable-table.js';
import type { Column } from './selectable-table.js';
import { useSelection } from './use-selection.js';

const keyOf = ({ cause, group, held }: Cause): string => addressPart(JSON.stringify([cause, group, held]));
const lettersOf = ({ cause, group, held }: Cause): Letters => ({ scope: 'query', query: { cause, group, held } });

const columns: readonly Column<Cause>[] = [
  {
    title: 'Cause',
    cell: ({ cause, group, held, example }) => (
      <>
        <Link href={deskHref({ view: held ? 'held' : 'sequences', cause, group, held: String(held) })}>
          <code>{visibleText(cause, 80)}</code>
        </Link>
        {held && <span className="chip held">held</span>}
        <CauseText text={example} />
      </>
    ),
  },
  { title: 'Group', cell: ({ group }) => visibleText(group, 60) },
  { title: 'Letters', number: true, cell: ({ count, ordered }) => <LetterCount count={count} ordered={ordered} /> },
  { title: 'Waiting behind', number: true, cell: ({ parkedBehind }) => countText(parkedBehind) },
  { title: 'Money', number: true, cell: ({ money }) => <Money amounts={money} /> },
  { title: 'Money behind', number: true, cell: ({ moneyBehind }) => <Money amounts={moneyBehind} /> },
  { title: 'Oldest', cell: ({ oldestAt }) => <Instant at={oldestAt} /> },
];

/** What went wrong, one row per cause: forty of a closed period are one problem. */
export function CausesView({ causes, none }: { readonly causes: readonly Cause[]; readonly none: string }) {
  const ordering = useOrdering();
  const chosen = (): Letters[] => causes.filter((one) => selection.keys.has(keyOf(one))).map(lettersOf);
  const selection = useSelection(() => ordering.begin('replay', 'the causes that are selected', chosen()));
  if (causes.length === 0) return <p className="notice muted">{none}</p>;
  return (
    <>
      <ActionBar ordering={ordering} selected={chosen().length} unit={['cause', 'causes']} letters={chosen} />
      <SelectableTable
        name="Causes"
        rows={causes}
        columns={columns}
        keyOf={keyOf}
        nameOf={({ cause }) => visibleText(cause, 80)}
        selection={selection}
      />
      <p className="list-sum">
        {[
          counted(causes.length, 'cause'),
          counted(
            causes.reduce((sum, { count }) => sum + count, 0),
            'letter',
          ),
          ...sumPerCurrency(causes.flatMap(({ money }) => money)).map(amountLine),
        ].join(' · ')}
      </p>
      <OrderingDialog ordering={ordering} />
    </>
  );
}
