import { useSearch } from '@tanstack/react-router';
import { addressOf } from '../../api/address.js';
import { ExportLink } from '../../components/export-link.js';
import { FilterForm } from '../../components/filter-form.js';
import { ZoneNote } from '../../components/instant.js';
import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { counted } from '../../format/text.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useCustomers, useQuestions } from './api.js';
import { CustomerTable } from './customer-table.js';
import { customerFilters } from './labels.js';
import { QuestionCard } from './question-card.js';

/** The room of customers: who is who in which ledger, and the questions that only a person can answer. */
export function CustomersPage() {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const { person } = useShell();
  useTitle('Customers');
  return (
    <main>
      {mayDo(person, 'letters.read') && (
        <Section what="The questions">
          <Questions />
        </Section>
      )}
      <Customers search={search} />
    </main>
  );
}

function Questions() {
  const { data, problem } = useQuestions(true);
  if (data?.questions.length === 0 && problem === undefined) return null;
  return (
    <section className="card" aria-labelledby="questions-title">
      <div className="bar-of-tools">
        <h2 id="questions-title">Doubtful matches</h2>
        {data && (
          <span className="muted">
            {counted(data.questions.length, 'question')}
            {data.more && ', the longest waiting ones'}
          </span>
        )}
      </div>
      <Problem text={problem} />
      <ul className="questions">
        {data?.questions.map((question, index) => (
          <QuestionCard key={question.letterId ?? index} question={question} />
        ))}
      </ul>
    </section>
  );
}

function Customers({ search }: { readonly search: Readonly<Record<string, string | undefined>> }) {
  const filters = Object.fromEntries(customerFilters.map(({ name }) => [name, search[name] ?? null]));
  const { after = null, before = null } = search;
  const { data: page, problem } = useCustomers({ ...filters, after, before });
  return (
    <section className="card list" aria-labelledby="customers-title">
      <div className="bar-of-tools">
        <h2 id="customers-title">Customers</h2>
        <ZoneNote />
        <ExportLink path={addressOf('/api/customers.csv', filters)} name="customers.csv" unit={{ one: 'customer', many: 'customers' }} />
      </div>
      <FilterForm path="/customers" fields={customerFilters} values={filters} />
      <Problem text={problem} />
      {page === undefined && problem === undefined && <p className="notice muted">Loading the list.</p>}
      {page !== undefined && (
        <Section what="The list of customers" retryOn={page}>
          <CustomerTable customers={page.rows} />
        </Section>
      )}
      <ListPages path="/customers" filters={filters} page={page} isLater={isLater(search)} />
    </section>
  );
}
