import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { counted } from '../../format/text.js';
import { useShell } from '../../shell/live-context.js';
import { hrefOf } from '../../shell/address.js';
import type { Sum } from '../../recon/shapes.js';
import { usePaymentList } from '../payments/api.js';
import { filtersOf as paymentFilters } from '../payments/filters.js';
import { PaymentTableSection } from '../payments/payment-table.js';
import { useRecords } from '../records/api.js';
import { recordLists } from '../records/labels.js';
import { RecordTable } from '../records/table.js';
import { Money } from './cells.js';
import { deskHref } from './filters.js';
import type { DeskFilters } from './filters.js';

/** Kinds of open differences, with recon's name for each in what is open. */
const kinds = [
  { of: 'different', open: 'different', label: 'Different in the ledger', unit: 'payment' },
  { of: 'missing', open: 'missing', label: 'Missing in the ledger', unit: 'payment' },
  { of: 'documents', open: 'ledgerEffects', label: 'Documents that did something else', unit: 'document' },
] as const;

/** What Stripe and the ledger say differently, and documents that did something else than was asked for. */
export function BreaksView({ filters }: { readonly filters: DeskFilters }) {
  const open = useShell().live.snapshot?.overview?.open ?? [];
  const sumOf = (name: string): Sum => open.find(({ what }) => what === name)?.sum ?? { count: 0, amounts: [] };
  const chosen = kinds.find(({ of }) => of === filters.of) ?? kinds.find((kind) => (sumOf(kind.open).count ?? 0) > 0) ?? kinds[0];
  return (
    <>
      <ul className="break-kinds">
        {kinds.map((kind) => (
          <li key={kind.of}>
            <Link href={deskHref({ view: 'breaks', of: kind.of })} current={kind.of === chosen.of}>
              {kind.label}
            </Link>{' '}
            <span className="muted">{counted(sumOf(kind.open).count, kind.unit)}</span> <Money amounts={sumOf(kind.open).amounts} />
          </li>
        ))}
      </ul>
      {chosen.of === 'documents' ? <Documents after={filters.after} /> : <Payments state={chosen.of} after={filters.after} />}
    </>
  );
}

function Payments({ state, after }: { readonly state: 'different' | 'missing'; readonly after: string | null }) {
  const filters = paymentFilters({ reconciliation: state, ...(after === null ? {} : { after }) });
  const { data: page, problem } = usePaymentList(filters);
  return (
    <>
      <Problem text={problem} />
      {problem === undefined && (
        <PaymentTableSection
          payments={page?.rows}
          none="There is no such payment."
          selected={undefined}
          query={{ reconciliation: state }}
        />
      )}
      <Pages of={state} after={after} next={page?.next ?? null} />
    </>
  );
}

function Documents({ after }: { readonly after: string | null }) {
  const { data: page, problem } = useRecords(recordLists.documents, { state: 'open', after });
  return (
    <>
      <Problem text={problem} />
      {page && <RecordTable list={recordLists.documents} rows={page.rows} />}
      <Pages of="documents" after={after} next={page?.next ?? null} />
    </>
  );
}

function Pages({ of, after, next }: { readonly of: string; readonly after: string | null; readonly next: string | null }) {
  return (
    <nav className="pages" aria-label="Pages of the list">
      {after !== null && <Link href={hrefOf('/desk', { view: 'breaks', of })}>First page</Link>}
      {next !== null && <Link href={hrefOf('/desk', { view: 'breaks', of, after: next })}>Next page</Link>}
    </nav>
  );
}
