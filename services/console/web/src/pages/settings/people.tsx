import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { counted } from '../../format/text.js';
import { hrefOf } from '../../shell/address.js';
import { usePeople } from './api.js';
import { PeopleList } from './people-list.js';
import { PersonForm } from './person-form.js';

interface Props {
  readonly after: string | null;
  /** Nobody changes what they may do themselves. */
  readonly ownSubject: string;
}

/** People: listed, added, changed, locked out. */
export function People({ after, ownSubject }: Props) {
  const { data, problem } = usePeople(after);
  return (
    <section className="card" aria-labelledby="people-title">
      <div className="bar-of-tools">
        <h2 id="people-title">People</h2>
        {data && <span className="muted">{counted(data.people.length, 'person', 'people')} shown</span>}
      </div>
      <Problem text={problem} />
      {!data && problem === undefined && <p className="notice muted">Loading the list.</p>}
      {data && <PeopleList people={data.people} ownSubject={ownSubject} />}
      <nav className="pages" aria-label="Pages of people">
        {after !== null && <Link href="/settings">First page</Link>}
        {data?.next && <Link href={hrefOf('/settings', { after: data.next })}>Next page</Link>}
      </nav>
      <PersonForm />
    </section>
  );
}
