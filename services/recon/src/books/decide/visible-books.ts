import type { BooksView } from '@tributary/contracts';
import { isVisible } from '../../shared/decide/visible-targets.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';

/** Why a part of the books is not there. */
export interface BooksProblem {
  readonly text: string;
  /** Whose part it is: nobody else is told. Undefined: a part of everybody's books. */
  readonly target?: string;
  /** What somebody with some of the targets is told instead, where the text may name others. */
  readonly textForSome?: string;
}

/** The books of all targets as they were read. */
export interface ReadBooks extends Omit<BooksView, 'problems' | 'unbalanced'> {
  /** Per target. */
  readonly unbalanced: ReadonlyMap<string, number>;
  readonly problems: readonly BooksProblem[];
}

/** The books of the targets that somebody may see. `clearing` is that of the first of them. */
export function visibleBooks(books: ReadBooks, visible: VisibleTargets): BooksView {
  const unbalanced = [...books.unbalanced].reduce((sum, [target, count]) => (isVisible(visible, target) ? sum + count : sum), 0);
  if (visible === '*') return { ...books, unbalanced, problems: books.problems.map(({ text }) => text) };
  const ledgers = books.ledgers.filter(({ target }) => isVisible(visible, target));
  const trialBalance = books.trialBalance.filter(({ target }) => isVisible(visible, target));
  const problems = books.problems
    .filter(({ target }) => target === undefined || isVisible(visible, target))
    .map(({ text, textForSome }) => textForSome ?? text);
  return { ...books, unbalanced, ledgers, trialBalance, clearing: ledgers[0]?.clearing ?? [], problems };
}
