import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { counted, countText, visibleText } from '../../format/text.js';
import { hrefOf } from '../../shell/address.js';
import { AmountsAfter } from './amounts-after.js';
import { targetUnits } from './labels.js';
import type { Target } from './read-targets.js';

/** The figures of a target, each with its name; those that need somebody lead to their list. */
export function TargetFigures({ target: view }: { readonly target: Target }) {
  const { target, postings, batches, calls, lastFailure } = view;
  const letters = hrefOf('/desk', { view: 'held', topic: `postings.${target}.v1` });
  return (
    <dl className="facts target-facts">
      <dt>Postings</dt>
      <dd>
        {counted(postings.open, targetUnits.open.one, targetUnits.open.many)}
        {postings.unknown !== 0 && <> · {counted(postings.unknown, targetUnits.unknown.one, targetUnits.unknown.many)}</>}
        {postings.held !== 0 && (
          <>
            {' · '}
            <Link href={letters}>{counted(postings.held, targetUnits.held.one, targetUnits.held.many)}</Link>
          </>
        )}
        {postings.oldest !== null && (
          <span className="muted">
            {' '}
            · the oldest since <Instant at={postings.oldest.since} />
          </span>
        )}
      </dd>
      <dt>Batches</dt>
      <dd>
        {batches.open === 0 ? (
          'All released'
        ) : (
          <>
            {counted(batches.open, 'batch', 'batches')} not released, {counted(batches.documents, 'document')}
          </>
        )}
        <AmountsAfter amounts={batches.amounts} />
      </dd>
      <dt>Last written</dt>
      <dd>{view.lastSuccessAt === null ? <span className="muted">nothing yet</span> : <Instant at={view.lastSuccessAt} />}</dd>
      <dt>Last failure</dt>
      <dd>
        {lastFailure === null ? (
          <span className="muted">none is open</span>
        ) : (
          <>
            <Instant at={lastFailure.at} /> <code>{visibleText(lastFailure.code ?? 'code not known', 80)}</code>
          </>
        )}
      </dd>
      <dt>Calls</dt>
      <dd>
        {countText(calls.lastMinute)}
        {calls.limitPerMinute !== null && ` of ${countText(calls.limitPerMinute)}`} in the last minute · {countText(calls.inFlight)} of{' '}
        {countText(calls.inFlightLimit)} in flight
      </dd>
    </dl>
  );
}
