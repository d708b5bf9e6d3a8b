import { getRouteApi } from '@tanstack/react-router';
import { Link } from '../../components/link.js';
import { PaymentTable } from '../payments/payment-table.js';
import { useShell } from '../../shell/live-context.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { differingIn } from './closing.js';
import { Events } from './events.js';
import { MoneyAtRisk } from './money-at-risk.js';
import { Reconciliation } from './reconciliation.js';
import { Stages } from './stages.js';
import { Standings } from './standings.js';
import { TodaySections, useToday } from './today.js';
import { Verdict } from './verdict.js';

const route = getRouteApi('/console/');

/** Number of newest payments on this page; the list of payments has all of them. */
const newestShown = 15;

/** The overview: open items, standings of the payments, comparison of Stripe with the ledger, newest payments. */
export function OverviewPage() {
  const { snapshot, connection } = useShell().live;
  const { day = null, currency = null } = route.useSearch();
  const today = useToday(day);
  useTitle('Today');
  return (
    <main>
      <Section what="What is open" retryOn={snapshot}>
        <Verdict snapshot={snapshot} connection={connection} differing={today.data && differingIn(today.data.clearing)} />
      </Section>
      <Section what="What is to do today" retryOn={snapshot}>
        <TodaySections today={today.data} problem={today.problem} currency={currency} />
      </Section>
      <Section what="Where the payments stand" retryOn={snapshot}>
        <Standings overview={snapshot?.overview} />
      </Section>
      <div className="pair">
        <Section what="Stripe against the ledger" retryOn={snapshot}>
          <Reconciliation snapshot={snapshot} />
        </Section>
        <Section what="The money at risk" retryOn={snapshot}>
          <MoneyAtRisk overview={snapshot?.overview} />
        </Section>
      </div>
      <Section what="The way from Stripe to the ledger" retryOn={snapshot}>
        <Stages snapshot={snapshot} />
      </Section>
      <Section what="What became of the events" retryOn={snapshot}>
        <Events counts={snapshot?.counts} />
      </Section>
      <Section what="The newest payments" retryOn={snapshot}>
        <section className="card list" id="payments" aria-labelledby="payments-title">
          <div className="bar-of-tools">
            <h2 id="payments-title">Newest payments</h2>
            <Link href="/payments">All payments</Link>
          </div>
          <PaymentTable
            payments={snapshot?.payments.slice(0, newestShown)}
            none="No payment yet. As soon as Stripe reports one, it appears here."
            selected={undefined}
            query={{}}
          />
        </section>
      </Section>
    </main>
  );
}
