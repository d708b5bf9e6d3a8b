import { useParams } from '@tanstack/react-router';
import { Instant, ZoneNote } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { visibleText } from '../../format/text.js';
import { RecordOf } from '../../record/record-view.js';
import { hrefOf, messageHref, paymentHref } from '../../shell/address.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useMessage } from './api.js';
import { FixtureMaker } from './fixture-maker.js';
import type { Link as ChainLink, Message } from './read-message.js';
import { Sections } from './sections.js';

const kindNames: Readonly<Record<string, string>> = {
  raw: 'Webhook',
  canonical: 'Canonical fact',
  request: 'Posting request',
  outcome: 'Outcome',
};
const listOfKind: Readonly<Record<string, string>> = {
  raw: '/events',
  canonical: '/canonical-events',
  request: '/postings',
  outcome: '/outcomes',
};

/** The message of the address. */
export function MessagePage() {
  const { id = '' } = useParams({ strict: false });
  return <MessageView key={id} id={id} />;
}

function MessageView({ id }: { readonly id: string }) {
  const { data: message, problem } = useMessage(id);
  useTitle(`Message ${id}`);
  return (
    <main className="message">
      <section className="card" aria-labelledby="message-title">
        <div className="bar-of-tools">
          <h2 id="message-title">
            {message
              ? `${Object.hasOwn(kindNames, message.kind) ? kindNames[message.kind] : 'Message'}: ${visibleText(message.type ?? 'of an unknown type', 80)}`
              : 'One message'}
          </h2>
          <Sections current={message ? (listOfKind[message.kind] ?? '') : ''} />
        </div>
        {problem !== undefined && message === undefined && (
          <Problem text={`${problem} Look for it in a list above, by another of its ids.`} />
        )}
        {message === undefined && problem === undefined && <p className="notice muted">Loading the message.</p>}
        {message !== undefined && (
          <Section what="The summary of this message" retryOn={message}>
            <Summary message={message} />
            <Chain message={message} />
          </Section>
        )}
      </section>
      {message !== undefined && (
        <>
          <Section what="The record of this message" retryOn={message}>
            <section className="card" aria-labelledby="record-title">
              <h2 id="record-title">As it stands in the topic</h2>
              <RecordOf id={id} />
            </section>
          </Section>
          <Section what="The fixture" retryOn={id}>
            <FixtureMaker id={id} />
          </Section>
        </>
      )}
    </main>
  );
}

/** What it is, and where it leads. */
export function Summary({ message }: { readonly message: Message }) {
  return (
    <>
      <dl className="facts">
        <dt>Id</dt>
        <dd>
          <code>{visibleText(message.id)}</code>
        </dd>
        <dt>Made</dt>
        <dd>
          {message.at === null ? 'time not known' : <Instant at={message.at} />} <ZoneNote />
        </dd>
        <dt>Topic</dt>
        <dd>
          <Link href={hrefOf('/topics', { topic: message.topic })}>{visibleText(message.topic)}</Link>
        </dd>
        {message.postingKey !== null && (
          <>
            <dt>Posting key</dt>
            <dd>
              <code>{visibleText(message.postingKey)}</code>
            </dd>
          </>
        )}
        {message.result !== null && (
          <>
            <dt>{message.kind === 'canonical' ? 'Ignored because' : 'Result'}</dt>
            <dd>{visibleText(message.result)}</dd>
          </>
        )}
        {message.chargeId !== null && (
          <>
            <dt>Payment</dt>
            <dd>
              <Link href={paymentHref(message.chargeId)}>{visibleText(message.chargeId)}</Link>
            </dd>
          </>
        )}
      </dl>
      {message.deliveries.length > 1 && (
        <p className="notice">
          Delivered {message.deliveries.length} times: the first delivery was worked on, the others were recognised as duplicates.
        </p>
      )}
    </>
  );
}

/** The whole chain from the webhook to the outcomes, with this message marked. */
export function Chain({ message }: { readonly message: Message }) {
  return (
    <ol className="chain" aria-label="From the webhook to the outcomes">
      {message.chain.map(({ title, links }) => (
        <li key={title}>
          <h3>{title}</h3>
          {links.length === 0 && <p className="muted">None{title === 'Webhook' ? ' that is kept' : ' yet'}</p>}
          <ul>
            {links.map((link) => (
              <li key={link.id}>
                <Link href={messageHref(link.id)} current={link.id === message.id}>
                  {visibleText(nameOf(link), 80)}
                </Link>
                <span className="muted">
                  {[link.result, link.kind === 'raw' ? null : link.id]
                    .filter((one) => one !== null)
                    .map((one) => visibleText(one, 80))
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function nameOf({ kind, type, postingKey, id }: ChainLink): string {
  if (kind === 'raw') return `${type ?? 'webhook'} ${id}`;
  return postingKey ?? type ?? id;
}
