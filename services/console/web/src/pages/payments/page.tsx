import { getRouteApi, Outlet, useParams, useSearch } from '@tanstack/react-router';
import { Amount } from '../../components/amount.js';
import { ExportLink } from '../../components/export-link.js';
import { FilterForm } from '../../components/filter-form.js';
import { ZoneNote } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { isLater, ListPages } from '../../components/list-pages.js';
import { sumPerCurrency } from '../../format/amount.js';
import { counted } from '../../format/text.js';
import { units } from '../../recon/labels.js';
import type { Payment, Sum } from '../../recon/shapes.js';
import { hrefOf } from '../../shell/address.js';
import { useShell } from '../../shell/live-context.js';
import { navigate } from '../../shell/navigation.js';
import { useTitle } from '../../shell/title.js';
import { filePath, usePaymentList, useTotals } from './api.js';
import { filterFields } from './filter-fields.js';
import type { Filters } from './filters.js';
import { filtersOf, filterTexts, fits, sumOfList } from './filters.js';
import { ownReadingNote, standingTabs } from './labels.js';
import { PaymentTableSection } from './payment-table.js';

const route = getRouteApi('/console/payments');

/** The payment that is opened beside the list. */
function useOpened(): { readonly id: string | undefined; readonly part: string | null; readonly alone: boolean } {
  const { id } = useParams({ strict: false });
  const { part = null, alone } = useSearch({ strict: false });
  return { id, part, alone: id !== undefined && alone === 'true' };
}

/** The list of payments with its filters, and the opened payment beside it. */
export function PaymentsPage() {
  const { live } = useShell();
  const filters = filtersOf(route.useSearch());
  const { id, part, alone } = useOpened();
  const { data: page, problem } = usePaymentList(filters);
  const known = sumOfList(filters, live.snapshot?.overview);
  const asked = useTotals(filters, live.snapshot !== undefined && known === undefined && !filters.q);
  const shown = page?.rows.filter((payment) => fits(payment, filters.q ?? ''));
  const listTitle = ['Payments', ...filterTexts(filters).map(({ text }) => text)].join(': ');
  useTitle(id === undefined ? listTitle : undefined);

  return (
    <main>
      <div className={id === undefined ? 'desk' : alone ? 'desk alone' : 'desk open'}>
        <section className="card list" id="payments" aria-labelledby="payments-title" hidden={alone}>
          <Tools filters={filters} />
          <ListSum filters={filters} shown={shown} total={known ?? asked} more={page?.next !== null} />
          {problem !== undefined && (
            <p className="notice bad" role="alert">
              {problem}
            </p>
          )}
          {(shown !== undefined || problem === undefined) && (
            <PaymentTableSection
              payments={shown}
              none={filters.q ? 'None of the payments shown here fits. Older ones may.' : 'There is no such payment.'}
              selected={id === undefined ? undefined : { id, part }}
              query={{ ...filters }}
            />
          )}
          {shown?.some(
            ({ reconciliation, reconciliationBasis }) => reconciliation === 'matched' && reconciliationBasis === 'our-reading',
          ) && <p className="muted note">{ownReadingNote}</p>}
          <ListPages path="/payments" filters={filters} page={page} isLater={isLater(filters)} />
        </section>
        <Outlet />
      </div>
    </main>
  );
}

function Tools({ filters }: { readonly filters: Filters }) {
  const others = filterTexts(filters).filter(({ name }) => name !== 'standing');
  return (
    <>
      <div className="bar-of-tools">
        <h2 id="payments-title">Payments</h2>
        <nav className="segments" aria-label="Payments by where they stand">
          {standingTabs.map(({ standing, label }) => (
            <Link
              key={label}
              href={hrefOf('/payments', { standing, currency: filters.currency })}
              current={(filters.standing ?? undefined) === standing}
            >
              {label}
            </Link>
          ))}
        </nav>
        <ZoneNote />
        <ExportLink path={filePath(filters)} name="payments.csv" unit={units.payment} />
        <label className="search">
          <span className="hidden">Find a payment shown here by any id or name</span>
          <input
            type="search"
            placeholder="Find by id or name"
            defaultValue={filters.q ?? ''}
            onChange={(event) => navigate(hrefOf(window.location.pathname, { ...filters, q: event.target.value }), { replace: true })}
          />
        </label>
      </div>
      <FilterForm
        path="/payments"
        fields={filterFields}
        values={filters}
        keep={{ standing: filters.standing, q: filters.q }}
        showsSet={false}
      />
      {others.length > 0 && (
        <p className="filters">
          Only{' '}
          {others.map(({ name, text }) => (
            <Link
              key={name}
              href={hrefOf('/payments', { ...filters, after: null, before: null, [name]: null })}
              label={`${text}: take this filter away`}
            >
              {text} <span aria-hidden="true">×</span>
            </Link>
          ))}
        </p>
      )}
    </>
  );
}

interface SumProps {
  readonly filters: Filters;
  readonly shown: readonly Payment[] | undefined;
  readonly total: Sum | undefined;
  readonly more: boolean;
}

/** Count and amount of the whole list when they are known, else of the visible rows. */
function ListSum({ filters, shown, total, more }: SumProps) {
  if (shown === undefined || shown.length === 0) return null;
  const ofAll = !more && !filters.after && !filters.before && !filters.q;
  const whole = filters.q ? undefined : total;
  const count = whole?.count ?? shown.length;
  const amounts = whole?.amounts ?? sumPerCurrency(shown.map(({ amount }) => amount));
  const which = whole || ofAll ? '' : filters.q ? ' found among those shown' : ' shown';
  return (
    <p className="list-sum">
      {`${counted(count, 'payment')}${which}`}
      {amounts.map((amount, index) => (
        <span key={index}>
          {' · '}
          <Amount amount={amount} />
        </span>
      ))}
    </p>
  );
}
