import { Instant } from '../../components/instant.js';
import { Problem } from '../../components/problem.js';
import { counted, visibleText } from '../../format/text.js';
import { actionParts, useExamination } from './examination-api.js';
import type { Examination, Finding } from './examination-api.js';

type Result = NonNullable<Examination['last']>;

/** What recon finds of the installation, with what to do: the last result, and a button that looks again. */
export function ExaminationCard() {
  const { data, problem, busy, start } = useExamination();
  return (
    <section className="card" aria-labelledby="examination-title">
      <div className="bar-of-tools">
        <h2 id="examination-title">Installation</h2>
        <button type="button" disabled={busy || data === undefined || data.running !== null} onClick={start}>
          Examine now
        </button>
      </div>
      <p className="muted note">
        Topics and rights in Kafka, schemas and mode of the registry, migrations and rights in PostgreSQL, and clocks, as recon sees them.
      </p>
      <Problem text={problem ?? data?.problem ?? undefined} />
      {data && <ExaminationStatus examination={data} />}
      <OnlyTheCommand />
    </section>
  );
}

/** Whether one runs, and what the last one found. */
export function ExaminationStatus({ examination: { running, last } }: { readonly examination: Examination }) {
  return (
    <>
      <p role="status">
        {running &&
          `Looking; it takes up to 30 seconds.${running.startedBy === null ? '' : ` ${visibleText(running.startedBy, 80)} asked.`}`}
      </p>
      {last === null ? running === null && <p className="muted">Nobody has examined it from here yet.</p> : <Found last={last} />}
    </>
  );
}

function Found({ last }: { readonly last: Result }) {
  const { findings, leftOut, startedBy, endedAt } = last;
  const count = (level: string): number => findings.filter((finding) => finding.level === level).length;
  const [missing, warnings] = [count('missing'), count('warning')];
  const chip = missing > 0 ? 'different' : warnings > 0 ? 'held' : 'matched';
  const verdict = missing + warnings === 0 ? 'As it should be' : `${missing} missing, ${counted(warnings, 'warning')}`;
  const byCode = Map.groupBy(findings, ({ code }) => code);
  return (
    <div className="examined">
      <p>
        <span className={`chip ${chip}`}>{verdict}</span>{' '}
        <span className="muted">
          <Instant at={endedAt} />, asked by {visibleText(startedBy ?? 'nobody known', 80)}
        </span>
      </p>
      {[...byCode].map(([code, ofCode], index) => (
        <Kind key={index} code={code} findings={ofCode} />
      ))}
      {leftOut !== null && leftOut > 0 && <p className="muted">{counted(leftOut, 'finding')} more. The command prints all of them.</p>}
    </div>
  );
}

/** All findings of one code, and what to do about them, once. */
function Kind({ code, findings }: { readonly code: string | null; readonly findings: readonly Finding[] }) {
  const [first] = findings;
  const isOk = first?.level === 'ok';
  return (
    <div className="kind">
      <h3>
        <span className={`chip ${isOk ? 'matched' : first?.level === 'warning' ? 'held' : 'different'}`}>
          {visibleText(first?.level ?? 'unknown', 20)}
        </span>{' '}
        <code>{visibleText(code ?? 'a finding', 60)}</code>
      </h3>
      <ul>
        {findings.map(({ about, text }, index) => (
          <li key={index}>
            <strong>{visibleText(about ?? '', 200)}</strong>: {visibleText(text ?? '', 1_000)}
          </li>
        ))}
      </ul>
      {!isOk && first && (
        <p>
          What to do: <Action action={first.action ?? ''} /> <code>{visibleText(first.page ?? '', 120)}</code>
        </p>
      )}
    </div>
  );
}

function Action({ action }: { readonly action: string }) {
  return actionParts(action).map(({ kind, text }, index) =>
    kind === 'text' ? <span key={index}>{visibleText(text, 1_000)}</span> : <code key={index}>{visibleText(text, 200)}</code>,
  );
}

function OnlyTheCommand() {
  return (
    <details className="only-the-command">
      <summary>What only the command looks at</summary>
      <p>
        <code>npm run -s tributary -- doctor</code>, with the variables of a service or of an operator (docs/runbooks/installation.md), also
        looks at:
      </p>
      <ul>
        <li>whether every service is ready, of which release it is, its clock and its certificate;</li>
        <li>the rights of the other services in Kafka and PostgreSQL, and their migrations;</li>
        <li>topics that recon does not read, such as delay topics, and how topics are kept, where recon may not see it;</li>
        <li>the key and mode at Stripe, and the signing secrets of ingest;</li>
        <li>
          the clocks of the brokers, with <code>--broker-clock</code>.
        </li>
      </ul>
    </details>
  );
}
