import type { ReactNode } from 'react';
import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { amountLine } from '../../format/amount.js';
import { counted } from '../../format/text.js';
import { Section } from '../../shell/section.js';
import type { ListPage } from '../../recon/read.js';
import type { DeskFilters } from './filters.js';
import type { Totals } from './read-desk.js';

interface Props {
  readonly filters: DeskFilters;
  readonly page: ListPage<unknown> | undefined;
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
      <ListPages path="/desk" filters={filters} page={page} isLater={isLater(filters)} />
    </>
  );
}
