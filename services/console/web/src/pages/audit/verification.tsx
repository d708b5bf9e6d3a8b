import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { addressPart, counted, groupedDigits, visibleText } from '../../format/text.js';
import { useVerification } from './api.js';
import type { Verification, VerificationResult } from './api.js';

/** Whether anybody changed the trail: the last result, and a button that checks it again. */
export function VerificationCard() {
  const { data, problem, busy, start, wasStarted } = useVerification();
  return (
    <section className="card" aria-labelledby="verification-title">
      <div className="bar-of-tools">
        <h2 id="verification-title">Is the trail whole?</h2>
        <button type="button" disabled={busy || data === undefined || data.running !== null} onClick={start}>
          Verify now
        </button>
      </div>
      <Problem text={problem ?? data?.problem ?? undefined} />
      {data && <VerificationStatus verification={data} />}
      <p className="hidden" role="status">
        {wasStarted && data !== undefined && !data.running && data.last !== null && `Verified: ${verdictOf(data.last)}`}
      </p>
    </section>
  );
}

/** Progress of the verification that runs, and what the last one found. */
export function VerificationStatus({ verification: { running, last } }: { readonly verification: Verification }) {
  return (
    <>
      {running && (
        <p className="verifying">
          <progress max={Math.max(running.of, 1)} value={Math.min(running.rows, Math.max(running.of, 1))} aria-label="Rows verified" />{' '}
          {groupedDigits(String(running.rows))} of {counted(running.of, 'row')}
          {running.startedBy !== null && <span className="muted">, started by {visibleText(running.startedBy, 80)}</span>}
        </p>
      )}
      {last === null ? running === null && <p className="muted">Nobody has verified it from here yet.</p> : <Result last={last} />}
    </>
  );
}

function Result({ last }: { readonly last: VerificationResult }) {
  return (
    <div className="verified">
      <p>
        <span className={`chip ${last.whole ? (last.isProtected ? 'matched' : 'held') : 'different'}`}>{verdictOf(last)}</span>{' '}
        <span className="muted">
          <Instant at={last.endedAt} />
        </span>
      </p>
      <ul>
        {last.sentences.map((sentence, index) => (
          <li key={index}>{visibleText(sentence, 1_000)}</li>
        ))}
      </ul>
      {last.brokenAt !== null && (
        <p>
          <Link href={`/audit/${addressPart(last.brokenAt)}`}>Row {visibleText(last.brokenAt, 30)}</Link>. Do not repair the table: it is
          evidence. What to do stands in the runbook of the audit trail (docs/runbooks/audit.md).
        </p>
      )}
    </div>
  );
}

function verdictOf({ whole, isProtected }: VerificationResult): string {
  if (!whole) return 'Tampered with';
  return isProtected ? 'Whole' : 'Whole, and not protected';
}
