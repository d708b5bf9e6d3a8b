import { Instant, ZoneNote } from '../../components/instant.js';
import { Chip } from '../../components/chip.js';
import type { Labels } from '../../components/chip.js';
import { Problem } from '../../components/problem.js';
import { addressPart } from '../../format/text.js';
import { instantOf } from '../../format/time.js';
import { askIdentity } from '../../identity/api.js';
import { useAction } from '../../identity/use-action.js';
import { identityChanged, useIdentity } from '../../identity/use-identity.js';
import { readList, readRecord, readText } from '../../recon/read-value.js';

/** A session of whoever is signed in. */
interface Session {
  readonly id: string;
  readonly method: string | null;
  readonly startedAt: string | null;
  readonly usedAt: string | null;
  readonly current: boolean;
}

const methodLabels: Labels = { password: 'Password', link: 'One-time link', oidc: 'Identity provider', 'set-up': 'Set-up code' };

/** Where somebody is signed in; each session but this one can be ended. */
export function Sessions() {
  const { data, problem } = useIdentity('/sessions', readSessions);
  const { problem: refused, run } = useAction();
  const end = (id: string): void =>
    run(async () => {
      await askIdentity('DELETE', `/sessions/${addressPart(id)}`).finally(identityChanged);
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
    <div className="scroll" tabIndex={0} role="region" aria-labelledby="sessions-title">
      <table>
        <thead>
          <tr>
            <th scope="col">Began with</th>
            <th scope="col">Began</th>
            <th scope="col">Last used</th>
            <th scope="col">
              <span className="hidden">End</span>
            </th>
          </tr>
        </thead>
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
      </table>
    </div>
  );
}

/** Reads own sessions, whatever they are. */
export function readSessions(value: unknown): readonly Session[] {
  return readList(readRecord(value).sessions, (session) => {
    const { id, method, startedAt, usedAt, current } = readRecord(session);
    const times = { startedAt: readText(startedAt), usedAt: readText(usedAt) };
    return { id: readText(id) ?? '', method: readText(method), ...times, current: current === true };
  });
}
