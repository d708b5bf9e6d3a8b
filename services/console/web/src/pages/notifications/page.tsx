import { useSearch } from '@tanstack/react-router';
import { ZoneNote } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { hrefOf } from '../../shell/address.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useNotifications } from './api.js';
import { listLabels } from './labels.js';
import { NotificationList } from './notification-list.js';
import { RoutesCard } from './routes-card.js';

const path = '/notifications';

/** What people were told of, and where messages go. */
export function NotificationsPage() {
  const { state = null, after = null, before = null } = useSearch({ strict: false });
  const { person } = useShell();
  const { data, problem } = useNotifications({ state, after, before });
  useTitle('Notifications');
  return (
    <main>
      <section className="card" aria-labelledby="notifications-title">
        <div className="bar-of-tools">
          <h2 id="notifications-title">Notifications</h2>
          <ZoneNote />
        </div>
        <nav className="choices" aria-label="Which notifications">
          {[null, ...Object.keys(listLabels)].map((each) => (
            <Link key={each} href={hrefOf(path, { state: each })} current={each === state}>
              {each === null ? 'All' : (listLabels[each] ?? each)}
            </Link>
          ))}
        </nav>
        <Problem text={problem} />
        {!data && problem === undefined && <p className="notice muted">Loading the list.</p>}
        {data && (
          <Section what="The list of notifications" retryOn={data}>
            <NotificationList {...data} mayAcknowledge={mayDo(person, 'notifications.acknowledge')} />
          </Section>
        )}
        <ListPages path={path} filters={{ state }} page={data} isLater={isLater({ after, before })} label="Pages of notifications" />
      </section>
      {mayDo(person, 'notifications.manage') && (
        <Section what="The list of routes">
          <RoutesCard />
        </Section>
      )}
    </main>
  );
}
