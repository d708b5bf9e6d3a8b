import { Link } from '../../components/link.js';
import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { counted } from '../../format/text.js';
import { useShell } from '../../shell/live-context.js';
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
  const at = { after: filters.after, before: filters.before };
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
      {chosen.of === 'documents' ? <Documents {...at} /> : <Payments state={chosen.of} {...at} />}
    </>
  );
}

interface PageProps {
  readonly after: string | null;
  readonly before: string | null;
}

function Payments({ state, ...at }: PageProps & { readonly state: 'different' | 'missing' }) {
  const { data: page, problem } = usePaymentList({ ...paymentFilters({ reconciliation: state }), ...at });
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
      <ListPages path="/desk" filters={{ view: 'breaks', of: state }} page={page} isLater={isLater(at)} />
    </>
  );
}

function Documents(at: PageProps) {
  const { data: page, problem } = useRecords(recordLists.documents, { state: 'open', ...at });
  return (
    <>
      <Problem text={problem} />
      {page && <RecordTable list={recordLists.documents} rows={page.rows} />}
      <ListPages path="/desk" filters={{ view: 'breaks', of: 'documents' }} page={page} isLater={isLater(at)} />
    </>
  );
}
