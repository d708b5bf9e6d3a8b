import { labelOf } from '../../components/chip.js';
import { Figure } from '../../components/figure.js';
import { Link } from '../../components/link.js';
import { counted, countText, visibleText } from '../../format/text.js';
import { stateLabels, units } from '../../recon/labels.js';
import type { EventState } from '../../recon/labels.js';
import type { Counts } from '../../recon/shapes.js';
import { hrefOf } from '../../shell/address.js';
import { eventTexts } from './labels.js';

const states = Object.keys(stateLabels) as EventState[];

function sumOfStates(counts: Counts): number {
  return states.reduce((total, state) => total + counts[state], 0);
}

/** I2: every accepted delivery ends in exactly one state, so the states add up to the deliveries. */
export function addsUp(counts: Counts): boolean {
  return sumOfStates(counts) === counts.accepted;
}

/** Stripe events by state, with the addition written out, so that a reader can check it. */
export function Events({ counts }: { readonly counts: Counts | undefined }) {
  const reasons = [...(counts?.ignoredBy ?? [])].sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
  return (
    <section className="card" aria-labelledby="events-title">
      <h2 id="events-title">What became of every event</h2>
      {counts === undefined ? (
        <p className="muted">Waiting for the first figures.</p>
      ) : (
        <>
          <div className="bar" aria-hidden="true">
            {states.map(
              (state) => counts[state] > 0 && <span key={state} className={`fill ${state}`} style={{ flexGrow: counts[state] }} />,
            )}
          </div>
          <dl className="sum">
            {states.map((state) => (
              <div key={state} title={eventTexts[state]}>
                <dt>
                  <span className={`swatch ${state}`} aria-hidden="true" />
                  {labelOf(stateLabels, state)}
                </dt>
                <dd>
                  <Figure count={counts[state]} unit={units.delivery} href={hrefOf('/events', { state })} />
                </dd>
              </div>
            ))}
            <div className="total">
              <dt>Accepted</dt>
              <dd>
                <Figure count={counts.accepted} unit={units.delivery} href="/events" />
              </dd>
            </div>
          </dl>
          <p className={addsUp(counts) ? 'muted' : 'sum-is-wrong'}>
            {addsUp(counts)
              ? 'Adds up: every delivery is in exactly one of these.'
              : `Does not add up: the parts make ${countText(sumOfStates(counts))}, ${countText(counts.accepted)} were accepted.`}
          </p>
          {reasons.length > 0 && (
            <details>
              <summary>Why {counted(counts.ignored, units.delivery.one, units.delivery.many)} had no effect</summary>
              <ul className="reasons">
                {reasons.map(({ name, count }) => (
                  <li key={name}>
                    <code>{visibleText(name)}</code>{' '}
                    <Link href={hrefOf('/events', { state: 'ignored', reason: name })}>{countText(count)}</Link>
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
