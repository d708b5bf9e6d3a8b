import type { BooksView } from '@tributary/contracts';
import { isVisible } from '../../shared/decide/visible-targets.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';

/** The books of the targets that somebody may see. `clearing` is that of the first of them. */
export function visibleBooks(books: BooksView, visible: VisibleTargets): BooksView {
  if (visible === '*') return books;
  const ledgers = books.ledgers.filter(({ target }) => isVisible(visible, target));
  const trialBalance = books.trialBalance.filter(({ target }) => isVisible(visible, target));
  return { ...books, ledgers, trialBalance, clearing: ledgers[0]?.clearing ?? [] };
}
