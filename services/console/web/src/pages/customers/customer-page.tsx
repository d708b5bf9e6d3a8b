import { useParams } from '@tanstack/react-router';
import { Amount } from '../../components/amount.js';
import { Chip } from '../../components/chip.js';
import { CopyId } from '../../components/copy-id.js';
import { Instant, ZoneNote } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { addressPart, counted, visibleText } from '../../format/text.js';
import type { CustomerDetail } from '../../recon/read-customer.js';
import { hrefOf } from '../../shell/address.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useCustomer } from './api.js';
import { CustomerEvents, CustomerPairs } from './customer-parts.js';
import { customerStateLabels } from './labels.js';
import { QuestionCard } from './question-card.js';

/** One customer: who it is in each ledger, its payments, its events, and what is open about it. */
export function CustomerPage() {
  const { id = '' } = useParams({ strict: false });
  const { data, problem } = useCustomer(id);
  useTitle(`Customer ${id}`);
  return (
    <main>
      <section className="card" aria-labelledby="customer-title">
        <div className="bar-of-tools">
          <h2 id="customer-title">Customer {visibleText(id, 80)}</h2>
          <ZoneNote />
        </div>
        <Problem text={problem} />
        {!data && problem === undefined && <p className="notice muted">Loading the customer.</p>}
        {data && (
          <Section what="The customer" retryOn={data}>
            <CustomerSummary id={id} customer={data} />
          </Section>
        )}
      </section>
      {data && (
        <Section what="What is open about it" retryOn={data}>
          <OpenAbout customer={data} />
        </Section>
      )}
      {data && (
        <section className="card" aria-labelledby="customer-events-title">
          <h2 id="customer-events-title">Newest events</h2>
          <CustomerEvents events={data.events} />
        </section>
      )}
    </main>
  );
}

/** Who it is in each ledger, and its payments per currency. */
export function CustomerSummary({ id, customer }: { readonly id: string; readonly customer: CustomerDetail }) {
  const { name, state, payments, lastPaymentAt, erasedAt, pairs } = customer;
  return (
    <>
      <dl className="named-facts">
        <div>
          <dt>Stripe customer</dt>
          <dd>
            <CopyId id={id} />
          </dd>
        </div>
        <div>
          <dt>Name</dt>
          <dd>{name === null ? <span className="muted">not known, or not for you</span> : visibleText(name, 200)}</dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>
            <Chip labels={customerStateLabels} word={state} />
          </dd>
        </div>
        <div>
          <dt>Payments</dt>
          <dd>
            <Link href={hrefOf('/payments', { customer: id })}>{counted(payments.count, 'payment')}</Link>
            {payments.amounts.map((amount, index) => (
              <span key={index}>
                {' · '}
                <Link href={hrefOf('/payments', { customer: id, currency: amount.currency })}>
                  <Amount amount={amount} />
                </Link>
              </span>
            ))}
          </dd>
        </div>
        {lastPaymentAt !== null && (
          <div>
            <dt>Newest payment</dt>
            <dd>
              <Instant at={lastPaymentAt} />
            </dd>
          </div>
        )}
        {erasedAt !== null && (
          <div>
            <dt>Personal data</dt>
            <dd>
              erased at <Instant at={erasedAt} />
            </dd>
          </div>
        )}
      </dl>
      <CustomerPairs pairs={pairs} />
    </>
  );
}

/** Open questions about a customer, and hints at customers that look as if they were to be merged. */
export function OpenAbout({ customer: { questions, hints } }: { readonly customer: CustomerDetail }) {
  if (questions.length === 0 && hints.length === 0) return null;
  return (
    <section className="card" aria-labelledby="customer-open-title">
      <div className="bar-of-tools">
        <h2 id="customer-open-title">Open about it</h2>
      </div>
      <ul className="questions">
        {questions.map((question, index) => (
          <QuestionCard key={question.letterId ?? index} question={question} showsCustomer={false} />
        ))}
      </ul>
      {hints.length > 0 && (
        <>
          <h3>Hints</h3>
          <p className="muted">They are only said: Tributary merges nothing, neither here nor there.</p>
          <ul className="hints">
            {hints.map(({ text, customers }, index) => (
              <li key={index}>
                {visibleText(text ?? 'A hint without words', 1_000)}
                {customers.map((one) => (
                  <span key={one}>
                    {' '}
                    <Link href={`/customers/${addressPart(one)}`}>{visibleText(one, 60)}</Link>
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
