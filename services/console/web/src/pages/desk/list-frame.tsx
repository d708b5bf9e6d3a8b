import type { ReactNode } from 'react';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { amountLine } from '../../format/amount.js';
import { counted } from '../../format/text.js';
import { Section } from '../../shell/section.js';
import { deskHref } from './filters.js';
import type { DeskFilters } from './filters.js';
import type { Page, Totals } from './read-desk.js';

interface Props {
  readonly filters: DeskFilters;
  readonly page: Page<unknown> | undefined;
  readonly problem: string | undefined;
  readonly totals: Totals | undefined;
  /** Text of an empty list. */
  readonly none: string;
  readonly children: ReactNode;
}

/** A list of the desk: what it is in all, its rows, and its pages. */
export function ListFrame({ filters, page, problem, totals, none, children }: Props) {
  return (
    <>
      <Problem text={problem} />
      {totals && (
        <p className="list-sum">
          {[
            `${counted(totals.sum.count, 'letter')} of ${counted(totals.sequences, 'sequence')}`,
            ...totals.sum.amounts.map(amountLine),
            ...(totals.parkedBehind ? [`${counted(totals.parkedBehind, 'message')} waiting behind`] : []),
          ].join(' · ')}
        </p>
      )}
      {page === undefined && problem === undefined && <p className="notice muted">Loading the list.</p>}
      {page?.rows.length === 0 && <p className="notice muted">{none}</p>}
      {page !== undefined && page.rows.length > 0 && (
        <Section what="The list" retryOn={page}>
          {children}
        </Section>
      )}
      <nav className="pages" aria-label="Pages of the list">
        {filters.after !== null && <Link href={deskHref({ ...filters, after: null })}>First page</Link>}
        {page?.next && <Link href={deskHref({ ...filters, after: page.next })}>Next page</Link>}
      </nav>
    </>
  );
}
