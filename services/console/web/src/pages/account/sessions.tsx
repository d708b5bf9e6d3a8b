import type { ConsoleShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { Instant, ZoneNote } from '../../components/instant.js';
import { Chip } from '../../components/chip.js';
import type { Labels } from '../../components/chip.js';
import { Problem } from '../../components/problem.js';
import { ListTable } from '../../components/list-table.js';
import { instantOf } from '../../format/time.js';
import { useAction } from '../../identity/use-action.js';
import { readerOf, readFlag, readList, readRecord, readText, readWord } from '../../recon/read-value.js';
import { order } from '../../shell/http.js';
import { identityChanged, useRead } from '../../shell/query.js';

/** A session of whoever is signed in. */
type Session = ReturnType<typeof readSession>;

const methodLabels: Labels = { password: 'Password', link: 'One-time link', oidc: 'Identity provider', 'set-up': 'Set-up code' };

/** Where somebody is signed in; each session but this one can be ended. */
export function Sessions() {
  const { data, problem } = useRead('/identity/sessions', {}, readSessions);
  const { problem: refused, run } = useAction();
  const end = (id: string): void =>
    run(async () => {
      await order('delete', '/identity/sessions/{id}', { id }, undefined).finally(identityChanged);
    });
  return (
    <section className="card" aria-labelledby="sessions-title">
      <div className="bar-of-tools">
        <h2 id="sessions-title">Where you are signed in</h2>
        <ZoneNote />
      </div>
      <Problem text={problem ?? refused} />
      {data && <SessionTable sessions={data} end={end} />}
    </section>
  );
}

interface Props {
  readonly sessions: readonly Session[];
  readonly end: (id: string) => void;
}

/** Sessions as rows. */
export function SessionTable({ sessions, end }: Props) {
  return (
    <ListTable labelledBy="sessions-title" titles={['Began with', 'Began', 'Last used', { hidden: 'End' }]}>
      <tbody>
        {sessions.map(({ id, method, startedAt, usedAt, current }, index) => (
          <tr key={`${id}-${index}`}>
            <td>
              <Chip labels={methodLabels} word={method} />
            </td>
            <td>
              <Instant at={startedAt} />
            </td>
            <td>
              <Instant at={usedAt} />
            </td>
            <td>
              {current ? (
                <span className="muted">This one</span>
              ) : (
                <button type="button" onClick={() => end(id)} aria-label={`End the session that began at ${instantOf(startedAt)}`}>
                  End
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}

const readSession = readerOf<ConsoleShapes['OwnSessionView']>()({
  id: readWord,
  method: readText,
  startedAt: readText,
  usedAt: readText,
  current: readFlag,
});

/** Reads own sessions, whatever they are. */
export function readSessions(value: Sent<ConsoleShapes['OwnSessionsView']>): readonly Session[] {
  return readList(readRecord(value).sessions, readSession);
}
