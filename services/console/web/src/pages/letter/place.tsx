import { CopyField } from '../../components/copy-field.js';
import { Link } from '../../components/link.js';
import { addressPart, visibleText } from '../../format/text.js';
import { hrefOf, paymentHref } from '../../shell/address.js';
import { eventHref } from './leads.js';
import type { Case } from './read-case.js';

/** Where the message was, and what leads on from it. */
export function Place({ found: { letter, deadLetterTopic, traceId } }: { readonly found: Case }) {
  const facts: readonly (readonly [string, string])[] = [
    ['Topic', letter.topic],
    ['Partition, offset', `${letter.partition ?? 'unknown'}, ${letter.offset}`],
    ['Consumer group', letter.group],
    ['Event type', letter.eventType ?? 'not known'],
    ['Message', letter.messageId],
    ['Event', letter.eventId],
    ['Sequence', letter.sequence],
    ['Topic of letters', deadLetterTopic],
  ];
  const [payment, event] = [paymentHref(letter.eventId), eventHref(letter.eventId)];
  const ofSequence = hrefOf('/dead-letters', { state: 'notClosed', group: letter.group, topic: letter.topic, sequence: letter.sequence });
  return (
    <section className="card" aria-labelledby="place-title">
      <h2 id="place-title">Where</h2>
      <dl className="letter-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{visibleText(value, 300)}</code>
            </dd>
          </div>
        ))}
      </dl>
      {traceId === null ? <p className="muted">It has no trace.</p> : <CopyField label="Trace" value={visibleText(traceId, 64)} />}
      <p className="leads-on">
        <Link href={payment}>Its payment</Link> {event !== payment && <Link href={event}>Its event</Link>}{' '}
        <Link href={ofSequence}>Its sequence</Link>{' '}
        <Link href={hrefOf('/dead-letters', { state: 'notClosed', cause: letter.cause })}>Letters of this cause</Link>{' '}
        <Link href={`/audit?object=${addressPart(`letter:${letter.id}`)}`}>Who read or decided what</Link>
      </p>
    </section>
  );
}
