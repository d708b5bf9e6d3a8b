import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { ZoneNote } from '../../components/instant.js';
import { addressPart, visibleText } from '../../format/text.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useOutcomes, useTargets } from './api.js';
import { PauseControl } from './pause-control.js';
import type { TargetOutcomes } from './read-outcomes.js';
import type { Target } from './read-targets.js';
import { SilentSinks } from './silent-sinks.js';
import { Sparkline } from './sparkline.js';
import { TargetFigures } from './target-figures.js';
import { TargetChip, TargetState } from './target-state.js';

/** Every target: how it fares, what is open, and what became of its postings in the last day. */
export function TargetsPage() {
  useTitle('Targets');
  const { data, problem } = useTargets();
  const outcomes = useOutcomes();
  const known = data !== undefined && (data.targets.length > 0 || data.silent.length > 0);
  return (
    <main>
      <section className="card" aria-labelledby="targets-title">
        <div className="bar-of-tools">
          <h2 id="targets-title">Targets</h2>
          <ZoneNote />
        </div>
        <Problem text={problem} />
        <Problem text={outcomes.problem} />
        {data === undefined && problem === undefined && <p className="muted">Asking the targets.</p>}
        {data !== undefined && !known && (
          <p className="muted">
            There is no target that you may see. A role for a target shows it here; which targets there are is set by{' '}
            <code>ERP_SINK_URLS</code> of the console.
          </p>
        )}
        {data && <SilentSinks silent={data.silent} />}
        {known && <p className="muted">One company in one ledger, or one Stripe account, each. A silent one holds back no other.</p>}
      </section>
      <ul className="targets">
        {data?.targets.map((target, index) => (
          <li key={`${target.target} ${index}`} data-row>
            <Section what={`Target ${visibleText(target.target, 60)}`} retryOn={target}>
              <TargetCard target={target} outcomes={outcomes.data} />
            </Section>
          </li>
        ))}
      </ul>
    </main>
  );
}

function TargetCard({ target, outcomes }: { readonly target: Target; readonly outcomes: TargetOutcomes | undefined }) {
  const name = visibleText(target.target, 60);
  return (
    <article className="card target" aria-label={name}>
      <div className="bar-of-tools">
        <h3>
          <Link href={`/targets/${addressPart(target.target)}`}>{name}</Link>{' '}
          <span className="muted">{visibleText(target.product, 40)}</span>
        </h3>
        <TargetChip state={target.state} />
      </div>
      <TargetState target={target} />
      <TargetFigures target={target} />
      <Sparkline hours={outcomes?.hours ?? []} counts={outcomes?.targets.find((one) => one.target === target.target)} />
      <FindingsLine target={target} />
      <PauseControl target={target.target} isPaused={target.paused !== null} />
    </article>
  );
}

/** Whether the last look at a target found something; the page of the target has what. */
function FindingsLine({ target: { target, check } }: { readonly target: Target }) {
  const missing = check?.findings.filter(({ level }) => level === 'missing').length ?? 0;
  const warnings = check?.findings.filter(({ level }) => level === 'warning').length ?? 0;
  if (missing + warnings === 0) return null;
  return (
    <p className={missing > 0 ? 'notice bad' : 'notice'}>
      <Link href={`/targets/${addressPart(target)}`}>
        {missing > 0 ? `Its connection lacks something: ${missing}` : `Its connection is worth a look: ${warnings}`}
      </Link>
    </p>
  );
}
