import { Chip } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { Problem } from '../../components/problem.js';
import { visibleText } from '../../format/text.js';
import { useAction } from '../../identity/use-action.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { checkTarget } from './api.js';
import { findingLabels, findingOrder } from './labels.js';
import type { Check, Finding } from './read-targets.js';

/** What the last look at a target found, what needs somebody first; and a button that looks again. */
export function CheckSection({ target, check }: { readonly target: string; readonly check: Check | null }) {
  const { person } = useShell();
  const { busy, problem, run } = useAction();
  const findings = [...(check?.findings ?? [])].sort((a, b) => rank(a) - rank(b));
  return (
    <section className="card" aria-labelledby="check-title">
      <div className="bar-of-tools">
        <h2 id="check-title">Connection</h2>
        {mayDo(person, 'targets.manage') && (
          <button type="button" disabled={busy} onClick={() => run(async () => void (await checkTarget(target)))}>
            {busy ? 'Testing …' : 'Test the connection'}
          </button>
        )}
      </div>
      <p role="status">
        {busy ? (
          <>
            <progress aria-label="The connection is tested" /> Asking the target: login, rights, services, periods, clock. At most 20
            seconds; nothing is stored there.
          </>
        ) : check === null ? (
          'It was not tested since the sink started.'
        ) : (
          <>
            {summary(findings)} Tested <Instant at={check.at} />.
          </>
        )}
      </p>
      <Problem text={problem} />
      {findings.length > 0 && (
        <ul className="findings">
          {findings.map((finding, index) => (
            <li key={index}>
              <Chip labels={findingLabels} word={finding.level} />{' '}
              <span>
                {visibleText(finding.text, 1_000)} {finding.fix !== '' && <strong>{visibleText(finding.fix, 1_000)}</strong>}{' '}
                <code className="muted">{visibleText(finding.code, 80)}</code>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function rank({ level }: Finding): number {
  const place = findingOrder.indexOf(level ?? '');
  return place < 0 ? 0 : place;
}

function summary(findings: readonly Finding[]): string {
  const of = (level: string): number => findings.filter((finding) => finding.level === level).length;
  const [missing, warning] = [of('missing'), of('warning')];
  if (missing > 0)
    return missing === 1 ? 'One thing is missing: documents would fail.' : `${missing} things are missing: documents would fail.`;
  if (warning > 0) return 'Nothing is missing; something is worth a look.';
  return 'Nothing is missing.';
}
