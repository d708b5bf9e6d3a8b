import { Amount } from '../../components/amount.js';
import { Chip } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { addressPart, countText, visibleText } from '../../format/text.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { ActionBar, OrderingDialog, useOrdering } from './actions.js';
import type { Letters, Ordering } from './actions.js';
import { useLetters, useTotals } from './api.js';
import { CauseText, Replays, With } from './cells.js';
import { orderQueryOf } from './filters.js';
import type { DeskFilters } from './filters.js';
import { ListFrame } from './list-frame.js';
import type { Letter } from './read-desk.js';
import { SelectableTable } from './selectable-table.js';
import type { Column } from './selectable-table.js';
import { useSelection } from './use-selection.js';

const keyOf = ({ id }: Letter): string => addressPart(id);
const letterStates = { open: 'Open', ordered: 'In an order', closed: 'Closed' };

function columnsOf(ordering: Ordering, mayOrder: boolean): readonly Column<Letter>[] {
  return [
    {
      title: 'Letter',
      cell: ({ id }) => (
        <Link href={`/letters/${addressPart(id)}`}>
          <code>{visibleText(id, 40)}</code>
        </Link>
      ),
    },
    {
      title: 'What is wrong, or asked',
      cell: (letter) => (
        <>
          <code>{visibleText(letter.cause, 80)}</code>
          <CauseText text={letter.text} />
          {mayOrder && letter.state === 'open' && <Answers letter={letter} ordering={ordering} />}
        </>
      ),
    },
    { title: 'Event type', cell: ({ eventType }) => visibleText(eventType ?? '', 60) },
    { title: 'Waiting behind', number: true, cell: ({ parkedBehind }) => countText(parkedBehind) },
    { title: 'Money', number: true, cell: ({ money }) => <Amount amount={money} absent="not known" /> },
    { title: 'Failed replays', number: true, cell: ({ replays, previous }) => <Replays count={replays} previous={previous} /> },
    { title: 'With', cell: ({ assignee }) => <With name={assignee?.name} /> },
    { title: 'Since', cell: ({ deadAt }) => <Instant at={deadAt} /> },
    { title: 'State', cell: ({ state }) => <Chip labels={letterStates} word={state} /> },
  ];
}

/** The answers that a question offers, as choices. */
function Answers({ letter: { id, question }, ordering }: { readonly letter: Letter; readonly ordering: Ordering }) {
  if (question === null) return null;
  return (
    <div className="answers" role="group" aria-label={`Answers to ${visibleText(question.code, 60)}`}>
      {question.answers.map((answer) => (
        <button key={answer} type="button" onClick={() => ordering.begin('replay', question.code, [{ scope: 'one', ids: [id], answer }])}>
          {visibleText(answer, 50)}
        </button>
      ))}
    </div>
  );
}

/** Answers that every one of the letters offers to the same question; none where they ask different things. */
export function commonAnswers(letters: readonly Letter[]): readonly string[] {
  const [first, ...others] = letters.map(({ question }) => question);
  if (!first || others.some((other) => other?.code !== first.code)) return [];
  return first.answers.filter((answer) => others.every((other) => other?.answers.includes(answer)));
}

/** Letters, one row each: those of a sequence, those that ask something, or those that fit the filters. */
export function LettersView({ filters, none }: { readonly filters: DeskFilters; readonly none: string }) {
  const { data: page, problem } = useLetters(filters);
  const totals = useTotals(filters).data;
  const ordering = useOrdering();
  const mayOrder = mayDo(useShell().person, 'orders.create');
  const chosen = (): Letter[] => (page?.rows ?? []).filter((one) => selection.keys.has(keyOf(one)));
  const letters = (): Letters[] => (chosen().length === 0 ? [] : [{ scope: 'one', ids: chosen().map(({ id }) => id) }]);
  const selection = useSelection(() => ordering.begin('replay', 'the letters that are selected', letters()));
  const all = orderQueryOf(filters);
  return (
    <ListFrame filters={filters} page={page} problem={problem} totals={totals} none={none}>
      <ActionBar
        ordering={ordering}
        selected={chosen().length}
        unit={['letter', 'letters']}
        letters={letters}
        all={all && { scope: 'query', query: all }}
        assigned={chosen().map(({ id, assignee }) => ({ letter: id, now: assignee }))}
      />
      {mayOrder && <CommonAnswers chosen={chosen()} ordering={ordering} letters={letters()} />}
      <SelectableTable
        name="Letters"
        rows={page?.rows ?? []}
        columns={columnsOf(ordering, mayOrder)}
        keyOf={keyOf}
        nameOf={({ id }) => visibleText(id, 40)}
        selection={selection}
      />
      <OrderingDialog ordering={ordering} />
    </ListFrame>
  );
}

interface CommonProps {
  readonly chosen: readonly Letter[];
  readonly letters: readonly Letters[];
  readonly ordering: Ordering;
}

/** One answer for all that are selected, where all ask the same. */
function CommonAnswers({ chosen, letters, ordering }: CommonProps) {
  const answers = chosen.length > 1 ? commonAnswers(chosen) : [];
  if (answers.length === 0) return null;
  return (
    <p className="action-bar" role="group" aria-label="Answer all that are selected">
      <span className="muted">All of them ask {visibleText(chosen[0]?.question?.code ?? '', 60)}:</span>
      {answers.map((answer) => (
        <button
          key={answer}
          type="button"
          onClick={() =>
            ordering.begin(
              'replay',
              chosen[0]?.question?.code ?? '',
              letters.map((one) => ({ ...one, answer })),
            )
          }
        >
          Answer {visibleText(answer, 50)}
        </button>
      ))}
    </p>
  );
}
