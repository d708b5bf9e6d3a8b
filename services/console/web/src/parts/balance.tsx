import type { Counts, EventState } from '../api.js';
import { grouped, stateWord } from '../words.js';

const parts: readonly EventState[] = ['posted', 'ignored', 'held', 'deadLettered', 'inFlight'];

/** I2: every accepted delivery ends as exactly one of these, and the page does the sum before everybody's eyes. */
export function Balance({ counts }: { counts: Counts | undefined }) {
  const sum = counts ? parts.reduce((total, part) => total + counts[part], 0) : 0;
  const adds = counts !== undefined && sum === counts.accepted;
  const reasons = Object.entries(counts?.ignoredBy ?? {}).sort(([, a], [, b]) => b - a);

  return (
    <section className="card" aria-labelledby="balance-title">
      <h2 id="balance-title">What became of every delivery</h2>
      {counts === undefined ? (
        <p className="muted">Waiting for the first figures.</p>
      ) : (
        <>
          <div className="bar" aria-hidden="true">
            {parts.map((part) => counts[part] > 0 && <span key={part} className={`fill ${part}`} style={{ flexGrow: counts[part] }} />)}
          </div>
          <dl className="sum">
            {parts.map((part) => (
              <div key={part}>
                <dt>
                  <span className={`swatch ${part}`} aria-hidden="true" />
                  {stateWord[part]}
                </dt>
                <dd>{grouped(String(counts[part]))}</dd>
              </div>
            ))}
            <div className="total">
              <dt>Accepted</dt>
              <dd>{grouped(String(counts.accepted))}</dd>
            </div>
          </dl>
          <p className={adds ? 'verdict good' : 'verdict bad'}>
            {adds ? 'Adds up: nothing is lost and nothing is counted twice.' : `Does not add up: the parts make ${grouped(String(sum))}.`}
          </p>
          {reasons.length > 0 && (
            <details>
              <summary>Why {grouped(String(counts.ignored))} were ignored</summary>
              <ul className="reasons">
                {reasons.map(([reason, count]) => (
                  <li key={reason}>
                    <code>{reason}</code> <span>{grouped(String(count))}</span>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </section>
  );
}
