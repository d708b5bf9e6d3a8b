import { useQuery } from '@tanstack/react-query';
import { Amount } from '../../components/amount.js';
import { Chip, labelOf } from '../../components/chip.js';
import { Instant, ZoneNote } from '../../components/instant.js';
import { failureText } from '../../format/failure-text.js';
import { counted, longTextLimit, visibleText } from '../../format/text.js';
import { codeText, letterResults, letterStates, standingOf, unlistedAction } from './labels.js';
import type { CodeText } from './labels.js';
import type { Case } from './read-case.js';

/** What failed, where it stands, what it is about in money, and what to do. */
export function Failure({ found }: { readonly found: Case }) {
  const { letter } = found;
  return (
    <section className="card" aria-labelledby="letter-title">
      <div className="bar-of-tools">
        <h2 id="letter-title" tabIndex={-1}>
          {letter.held ? 'Held letter' : 'Dead letter'} <code>{visibleText(letter.id, 60)}</code>
        </h2>
        <Chip labels={letterStates} word={letter.state} />
      </div>
      <p className="what-failed">
        {letter.text === null ? 'No text was recorded with it.' : visibleText(failureText(letter.text), longTextLimit)}
      </p>
      <p>
        {standingOf(letter)} {letter.result !== null && <>{labelOf(letterResults, letter.result)}. </>}
        {letter.money === null ? (
          'How much money it is about is not known.'
        ) : (
          <>
            It is about <Amount amount={letter.money} />.
          </>
        )}
      </p>
      <ToDo code={letter.cause} />
      <Times found={found} />
    </section>
  );
}

/** The document of the error code, which is loaded with the first letter that somebody looks at. */
function ToDo({ code }: { readonly code: string }) {
  const { data: codes } = useQuery<Readonly<Record<string, CodeText>>>({
    queryKey: ['error-codes'],
    queryFn: async () => (await import('./error-codes.json')).default,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const text = codes && codeText(codes, code);
  return (
    <dl className="letter-facts">
      <div>
        <dt>Cause</dt>
        <dd>
          <code>{visibleText(code, 120)}</code> {text?.meaning}
        </dd>
      </div>
      <div>
        <dt>What to do</dt>
        <dd>{codes === undefined ? 'Looking it up.' : (text?.action ?? unlistedAction(code))}</dd>
      </div>
    </dl>
  );
}

function Times({ found: { letter, lastFailureAt } }: { readonly found: Case }) {
  return (
    <>
      <ol className="times" aria-label="From the first failure to now">
        <li>First failure: {letter.firstFailureAt === null ? 'not known' : <Instant at={letter.firstFailureAt} />}</li>
        <li>
          {letter.attempts === null ? 'Number of attempts not known' : counted(letter.attempts, 'attempt')}
          {lastFailureAt !== null && lastFailureAt !== letter.firstFailureAt && (
            <>
              , the last one at <Instant at={lastFailureAt} />
            </>
          )}
        </li>
        <li>
          Taken out: <Instant at={letter.deadAt} />
        </li>
        {letter.closedAt !== null && (
          <li>
            Closed: <Instant at={letter.closedAt} />
          </li>
        )}
      </ol>
      <p className="muted">
        What may succeed later is tried again after 5 s, 1 min, 10 min, 1 h and 6 h, at most 12 times or for 48 h; what can never succeed is
        taken out at once. <ZoneNote />
      </p>
    </>
  );
}
