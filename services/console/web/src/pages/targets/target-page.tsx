import { useParams } from '@tanstack/react-router';
import { CopyField } from '../../components/copy-field.js';
import { ZoneNote } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { countText, visibleText } from '../../format/text.js';
import { hrefOf } from '../../shell/address.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useOutcomes, useTargets } from './api.js';
import { Batches } from './batches.js';
import { CheckSection } from './check-section.js';
import { PauseControl } from './pause-control.js';
import type { Target } from './read-targets.js';
import { SilentSinks } from './silent-sinks.js';
import { Sparkline } from './sparkline.js';
import { TargetFigures } from './target-figures.js';
import { TargetChip, TargetState } from './target-state.js';

/** One target: how it fares, its connection, its batches, what its connector can do. */
export function TargetPage() {
  const { id = '' } = useParams({ strict: false });
  const name = visibleText(id, 60);
  useTitle(`Target ${name}`);
  const { data, problem } = useTargets();
  const target = data?.targets.find((one) => one.target === id);
  const silent = data?.silent.filter(({ targets }) => targets.includes(id)) ?? [];
  return (
    <main>
      <section className="card" aria-labelledby="target-title">
        <div className="bar-of-tools">
          <h2 id="target-title">
            {name} {target && <span className="muted">{visibleText(target.product, 40)}</span>}
          </h2>
          {target && <TargetChip state={target.state} />}
          <ZoneNote />
          <Link href="/targets">All targets</Link>
        </div>
        <Problem text={problem} />
        <SilentSinks silent={silent} />
        {data === undefined && problem === undefined && <p className="muted">Asking the target.</p>}
        {data && !target && silent.length === 0 && <p className="notice">There is no target {name} that you may see.</p>}
        {target && <Condition target={target} />}
      </section>
      {target && (
        <>
          <Section what="The connection" retryOn={target}>
            <CheckSection target={target.target} check={target.check} />
          </Section>
          <Section what="The batches" retryOn={target}>
            <Batches target={target.target} batches={target.batches} />
          </Section>
          <Section what="What the connector can do" retryOn={target}>
            <Limits target={target} />
          </Section>
        </>
      )}
    </main>
  );
}

function Condition({ target }: { readonly target: Target }) {
  const outcomes = useOutcomes();
  const hours = outcomes.data?.targets.find((one) => one.target === target.target);
  return (
    <>
      <TargetState target={target} />
      <div className="target-condition">
        <TargetFigures target={target} />
        <div>
          <Problem text={outcomes.problem} />
          <Sparkline hours={outcomes.data?.hours ?? []} counts={hours} />
        </div>
      </div>
      <nav className="pages target-lists" aria-label="Lists of this target">
        <Link href={hrefOf('/dead-letters', { state: 'notClosed', topic: `postings.${target.target}.v1` })}>Dead letters</Link>
        <Link href={hrefOf('/postings', { target: target.target })}>Posting requests</Link>
        <Link href={hrefOf('/documents', { target: target.target })}>Documents</Link>
        <Link href="/books">Books</Link>
      </nav>
      <PauseControl target={target.target} isPaused={target.paused !== null} />
    </>
  );
}

function Limits({ target: { limits, calls, mappingVersion, postings } }: { readonly target: Target }) {
  return (
    <section className="card" aria-labelledby="limits-title">
      <h2 id="limits-title">Connector</h2>
      <dl className="facts">
        <dt>Documents</dt>
        <dd>{visibleText(limits.kinds.join(', '), 1_000) || <span className="muted">none</span>}</dd>
        <dt>Also</dt>
        <dd>{visibleText(limits.features.join(', '), 1_000) || <span className="muted">nothing</span>}</dd>
        <dt>Longest call</dt>
        <dd>{limits.longestCallMs === null ? 'not known' : `${limits.longestCallMs / 1_000} s`}</dd>
        <dt>At once</dt>
        <dd>{countText(calls.inFlightLimit)} calls</dd>
        <dt>In a minute</dt>
        <dd>{calls.limitPerMinute === null ? 'as many as it answers' : `${countText(calls.limitPerMinute)} calls`}</dd>
        <dt>Mapping</dt>
        <dd>
          {mappingVersion === null ? <span className="muted">not known any more</span> : <code>{visibleText(mappingVersion, 80)}</code>}
        </dd>
      </dl>
      {postings.oldest !== null && <CopyField label="Oldest open posting" value={postings.oldest.postingKey} />}
    </section>
  );
}
