import { useState } from 'react';
import { labelOf } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { Problem } from '../../components/problem.js';
import { ListTable } from '../../components/list-table.js';
import { countText, visibleText } from '../../format/text.js';
import { useAction } from '../../identity/use-action.js';
import { testRoute, useNotificationRoutes } from './api.js';
import type { NotificationRoute } from './api.js';
import { routeLabels } from './labels.js';

/** Where messages go, each with a button that sends a test. */
export function RoutesCard() {
  const { data, problem } = useNotificationRoutes();
  const { busy, problem: failed, run } = useAction();
  const [taken, setTaken] = useState<string>();
  const test = (name: string): void => {
    setTaken(undefined);
    run(async () => {
      await testRoute(name);
      setTaken(name);
    });
  };
  return (
    <section className="card" aria-labelledby="routes-title">
      <h2 id="routes-title">Where notifications go</h2>
      <Problem text={problem ?? failed} />
      <p role="status">{busy ? 'Sending a test.' : taken === undefined ? '' : `${visibleText(taken, 60)} took the test.`}</p>
      {!data && problem === undefined && <p className="notice muted">Loading the list.</p>}
      {data && <RoutesTable routes={data} busy={busy} test={test} />}
    </section>
  );
}

interface Props {
  readonly routes: readonly NotificationRoute[];
  readonly busy: boolean;
  readonly test: (name: string) => void;
}

/** Routes as rows. */
export function RoutesTable({ routes, busy, test }: Props) {
  if (routes.length === 0)
    return (
      <p className="notice muted">
        There is no route. The file that <code>RECON_NOTIFICATIONS_FILE</code> of recon names has them.
      </p>
    );
  return (
    <ListTable
      labelledBy="routes-title"
      titles={[
        'Route',
        'To',
        'Tells of',
        { number: 'Sent' },
        { number: 'Waiting' },
        { number: 'Given up' },
        'Last sent',
        { hidden: 'Test' },
      ]}
    >
      <tbody>
        {routes.map(({ name, kind, severities, to, sent, waiting, givenUp, lastSentAt, problem }, index) => (
          <tr key={`${name}-${index}`}>
            <th scope="row">
              {visibleText(name, 60)} <span className="muted">{labelOf(routeLabels, kind)}</span>
            </th>
            <td className="text">
              {visibleText(to, 300)}
              {problem !== null && <div className="bad">{visibleText(problem, 200)}</div>}
            </td>
            <td>{visibleText(severities, 60)}</td>
            <td className="number">{countText(sent)}</td>
            <td className="number">{countText(waiting)}</td>
            <td className="number">{countText(givenUp)}</td>
            <td>
              <Instant at={lastSentAt} />
            </td>
            <td>
              <button type="button" disabled={busy} aria-label={`Send a test to ${visibleText(name, 60)}`} onClick={() => test(name)}>
                Send a test
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}
