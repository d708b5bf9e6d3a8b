import { Link } from '../../components/link.js';
import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { counted } from '../../format/text.js';
import type { ListPage } from '../../recon/read.js';
import type { Sum } from '../../recon/shapes.js';
import { usePaymentList } from '../payments/api.js';
import { filtersOf as paymentFilters } from '../payments/filters.js';
import { PaymentTableSection } from '../payments/payment-table.js';
import { useRecords } from '../records/api.js';
import { recordLists } from '../records/labels.js';
import { RecordTable } from '../records/table.js';
import { breakKindOf, breakKinds, useBreakSums } from './break-kinds.js';
import type { BreakKind } from './break-kinds.js';
import { Money } from './cells.js';
import { DeskExport } from './export.js';
import { deskHref, filtersOf } from './filters.js';
import type { DeskFilters } from './filters.js';

/** What Stripe and the ledger say differently, and documents that did something else than was asked for: all kinds, or the one of the address. */
export function BreaksView({ filters }: { readonly filters: DeskFilters }) {
  const sums = useBreakSums();
  const chosen = breakKindOf(filters.of);
  return (
    <>
      <ul className="break-kinds">
        <li>
          <Link href={deskHref({ view: 'breaks' })} current={chosen === undefined}>
            All
          </Link>
        </li>
        {breakKinds.map((kind, index) => (
          <li key={kind.of}>
            <Link href={deskHref({ view: 'breaks', of: kind.of })} current={kind === chosen}>
              {kind.label}
            </Link>{' '}
            <KindSum kind={kind} sum={sums?.[index]} />
          </li>
        ))}
      </ul>
      {chosen ? <OneKind kind={chosen} after={filters.after} before={filters.before} /> : <AllKinds sums={sums} />}
    </>
  );
}

/** How many there are, with their money; nothing while nobody has said. */
function KindSum({ kind, sum }: { readonly kind: BreakKind; readonly sum: Sum | undefined }) {
  if (!sum) return null;
  return (
    <>
      <span className="muted">{counted(sum.count, kind.unit)}</span> {sum.amounts.length > 0 && <Money amounts={sum.amounts} />}
    </>
  );
}

/** The beginning of the list of each kind that has rows, below each other: together they are what the tab counts. */
function AllKinds({ sums }: { readonly sums: readonly Sum[] | undefined }) {
  const shown = breakKinds.filter((_, index) => sums?.[index]?.count !== 0);
  if (shown.length === 0)
    return <p className="notice muted">Stripe and the ledgers say the same, and every document did what was asked for.</p>;
  return shown.map((kind) => (
    <section key={kind.of} className="break-kind" aria-labelledby={`breaks-${kind.of}`}>
      <div className="bar-of-tools">
        <h3 id={`breaks-${kind.of}`}>{kind.label}</h3>
        <DeskExport view="breaks" filters={filtersOf({ of: kind.of })} />
      </div>
      <OneKind kind={kind} after={null} before={null} isPart />
    </section>
  ));
}

interface KindProps {
  readonly kind: BreakKind;
  readonly after: string | null;
  readonly before: string | null;
  /** One list among others: it leads to its own address for more of its rows. */
  readonly isPart?: boolean;
}

function OneKind(props: KindProps) {
  return props.kind.of === 'documents' ? <Documents {...props} /> : <Payments {...props} />;
}

function Payments(props: KindProps) {
  const state = props.kind.of;
  const { data: page, problem } = usePaymentList({
    ...paymentFilters({ reconciliation: state }),
    after: props.after,
    before: props.before,
  });
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
      <More {...props} page={page} />
    </>
  );
}

function Documents(props: KindProps) {
  const { data: page, problem } = useRecords(recordLists.documents, { state: 'open', after: props.after, before: props.before });
  return (
    <>
      <Problem text={problem} />
      {page && <RecordTable list={recordLists.documents} rows={page.rows} />}
      <More {...props} page={page} />
    </>
  );
}

/** The pages of a list; for one among others the way to the rest of it, where there is more. */
function More({ kind, isPart, page, ...at }: KindProps & { readonly page: ListPage<unknown> | undefined }) {
  const filters = { view: 'breaks', of: kind.of };
  if (!isPart) return <ListPages path="/desk" filters={filters} page={page} isLater={isLater(at)} />;
  if (!page?.next) return null;
  return (
    <p className="note">
      <Link href={deskHref(filters)}>The whole list: {kind.label.toLowerCase()}</Link>
    </p>
  );
}
