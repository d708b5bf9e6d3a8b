import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { addressPart, countText, visibleText } from '../../format/text.js';
import { ActionBar, OrderingDialog, useOrdering } from './actions.js';
import type { Letters } from './actions.js';
import { useSequences, useTotals } from './api.js';
import { CauseText, LetterCount, Money, Replays, With } from './cells.js';
import { deskHref, orderQueryOf } from './filters.js';
import type { DeskFilters } from './filters.js';
import { ListFrame } from './list-frame.js';
import type { Sequence } from './read-desk.js';
import { SelectableTable } from './selectable-table.js';
import type { Column } from './selectable-table.js';
import { useSelection } from './use-selection.js';

const keyOf = ({ group, topic, sequence }: Sequence): string => addressPart(JSON.stringify([group, topic, sequence]));

const columns: readonly Column<Sequence>[] = [
  {
    title: 'Sequence',
    cell: ({ group, topic, sequence }) => (
      <Link href={deskHref({ view: 'letters', group, topic, sequence })}>
        <code>{visibleText(sequence, 60)}</code>
      </Link>
    ),
  },
  {
    title: 'What was wrong first',
    cell: ({ cause, text, held }) => (
      <>
        <code>{visibleText(cause, 80)}</code> {held && <span className="chip held">held</span>}
        <CauseText text={text} />
      </>
    ),
  },
  { title: 'Topic', cell: ({ topic }) => visibleText(topic, 60) },
  { title: 'Letters', number: true, cell: ({ letters, ordered }) => <LetterCount count={letters} ordered={ordered} /> },
  { title: 'Waiting behind', number: true, cell: ({ parkedBehind }) => countText(parkedBehind) },
  { title: 'Money', number: true, cell: ({ money }) => <Money amounts={money} /> },
  { title: 'Oldest', cell: ({ oldestAt }) => <Instant at={oldestAt} /> },
  { title: 'Failed replays', number: true, cell: ({ replays }) => <Replays count={replays} /> },
  { title: 'With', cell: ({ assignee }) => <With name={assignee} /> },
];

/** Orders for the sequences that were selected: one for each group and topic, because a sequence has a name only within them. */
export function lettersOfSequences(chosen: readonly Sequence[]): Letters[] {
  const places = Map.groupBy(chosen, ({ group, topic }) => JSON.stringify([group, topic]));
  return [...places.values()].flatMap((same) => {
    const [first] = same;
    return first
      ? [{ scope: 'query', query: { group: first.group, topic: first.topic, sequences: same.map(({ sequence }) => sequence) } }]
      : [];
  });
}

/** What stands still, one row per sequence, with what waits behind it. */
export function SequencesView({ filters }: { readonly filters: DeskFilters }) {
  const { data: page, problem } = useSequences(filters);
  const totals = useTotals(filters).data;
  const ordering = useOrdering();
  const chosen = (): Sequence[] => (page?.rows ?? []).filter((one) => selection.keys.has(keyOf(one)));
  const selection = useSelection(() => ordering.begin('replay', 'the sequences that are selected', lettersOfSequences(chosen())));
  const all = orderQueryOf(filters);
  return (
    <ListFrame filters={filters} page={page} problem={problem} totals={totals} none="No sequence that fits stands still.">
      <ActionBar
        ordering={ordering}
        selected={chosen().length}
        unit={['sequence', 'sequences']}
        letters={() => lettersOfSequences(chosen())}
        all={all && { scope: 'query', query: all }}
        assigned={chosen().map(({ head, headAssignee }) => ({ letter: head, now: headAssignee }))}
      />
      <SelectableTable
        name="Sequences"
        rows={page?.rows ?? []}
        columns={columns}
        keyOf={keyOf}
        nameOf={({ sequence }) => visibleText(sequence, 60)}
        selection={selection}
      />
      <OrderingDialog ordering={ordering} />
    </ListFrame>
  );
}
