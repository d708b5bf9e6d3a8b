import { Amount } from '../../components/amount.js';
import { labelOf } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { addressPart, counted, visibleText } from '../../format/text.js';
import { eventHref, orderHref } from './leads.js';
import { letterResults, letterStates } from './labels.js';
import type { Case, Done, Generation } from './read-case.js';

/** What waits behind a letter, how often its message was replayed and what came of it, and what was ordered. */
export function Lineage({ found }: { readonly found: Case }) {
  const { letter, parked, generations, audit } = found;
  return (
    <section className="card" aria-labelledby="lineage-title">
      <h2 id="lineage-title">Behind it and before it</h2>
      <h3>{letter.parkedBehind === 0 ? 'Nothing waits behind it' : `${counted(letter.parkedBehind, 'message')} behind it`}</h3>
      {parked.length > 0 && (
        <ul className="waiting">
          {parked.map(({ offset, eventId, parkedAt, money }, index) => (
            <li key={index}>
              <Link href={eventHref(eventId)}>{visibleText(eventId, 80)}</Link> <Amount amount={money} absent="no money of its own" />{' '}
              <span className="muted">
                offset {visibleText(offset, 20)}, since <Instant at={parkedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {(letter.parkedBehind ?? 0) > parked.length && <p className="muted">The first {parked.length} are shown.</p>}
      <Generations id={letter.id} generations={generations} />
      <Orders audit={audit} />
    </section>
  );
}

function Generations({ id, generations }: { readonly id: string; readonly generations: readonly Generation[] }) {
  const replays = generations.length - 1;
  return (
    <>
      <h3>{replays <= 0 ? 'Its first letter' : `Dead-lettered ${counted(generations.length, 'time')}`}</h3>
      <ol className="generations">
        {generations.map((one, index) => (
          <li key={index} aria-current={one.id === id ? 'true' : undefined}>
            {one.id === id ? (
              <code>{visibleText(one.id, 60)}</code>
            ) : (
              <Link href={`/letters/${addressPart(one.id)}`}>{visibleText(one.id, 60)}</Link>
            )}{' '}
            <Instant at={one.deadAt} /> <code>{visibleText(one.cause, 80)}</code>{' '}
            <span className="muted">
              {one.result === null ? labelOf(letterStates, one.state) : labelOf(letterResults, one.result)}
              {one.id === id && ', this one'}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Orders({ audit }: { readonly audit: readonly Done[] }) {
  if (audit.length === 0) return <p className="muted">Nothing was ordered about it yet.</p>;
  return (
    <>
      <h3>What was ordered</h3>
      <ol className="orders">
        {audit.map(({ at, order, done, by, reason }, index) => (
          <li key={index}>
            <Instant at={at} /> {visibleText(by, 80)}: {visibleText(done, 80)}, {visibleText(reason, 400)}{' '}
            <span className="muted">
              <Link href={orderHref(order)}>{visibleText(order, 60)}</Link>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
