import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { counted } from '../../format/text.js';
import { usePeople } from './api.js';
import { PeopleList } from './people-list.js';
import { PersonForm } from './person-form.js';

interface Props {
  /** Which page of them. */
  readonly at: { readonly after: string | null; readonly before: string | null };
  /** Nobody changes what they may do themselves. */
  readonly ownSubject: string;
}

/** People: listed, added, changed, locked out. */
export function People({ at, ownSubject }: Props) {
  const { data, problem } = usePeople(at);
  return (
    <section className="card" aria-labelledby="people-title">
      <div className="bar-of-tools">
        <h2 id="people-title">People</h2>
        {data && <span className="muted">{counted(data.rows.length, 'person', 'people')} shown</span>}
      </div>
      <Problem text={problem} />
      {!data && problem === undefined && <p className="notice muted">Loading the list.</p>}
      {data && <PeopleList people={data.rows} ownSubject={ownSubject} />}
      <ListPages path="/settings" filters={{}} page={data} isLater={isLater(at)} label="Pages of people" />
      <PersonForm />
    </section>
  );
}
