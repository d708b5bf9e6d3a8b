import { useState } from 'react';
import { Amount } from '../../components/amount.js';
import { Problem } from '../../components/problem.js';
import { jsonText, readJsonText } from '../../code/json-text.js';
import { counted, longTextLimit, visibleText } from '../../format/text.js';
import { useAction } from '../../identity/use-action.js';
import { EffectTable } from '../payment/ledger-effect.js';
import { Lines } from '../payment/documents.js';
import { dryRun } from './api.js';
import type { Call, DryPosting, DryRun, Refusal } from './read-dry-run.js';

interface Props {
  readonly letter: string;
  /** What is tried in place of the message; absent: the message as it is. */
  readonly edited?: { readonly value: unknown } | undefined;
  readonly disabled?: boolean;
}

/** A button that tries a letter, and what it would do. Nothing is sent. */
export function TryIt({ letter, edited, disabled = false }: Props) {
  const { busy, problem, run } = useAction();
  const [tried, setTried] = useState<{ readonly value: unknown; readonly result: DryRun }>();
  // What was tried before the edit went on says nothing of the edit as it is now.
  const result = tried && tried.value === edited?.value ? tried.result : undefined;
  return (
    <div className="dry-run">
      <p>
        <button
          type="button"
          disabled={busy || disabled}
          data-key="d"
          onClick={() => run(async () => setTried({ value: edited?.value, result: await dryRun(letter, edited) }))}
        >
          {edited ? 'Try the edit' : 'Try it'}
        </button>{' '}
        <span className="muted" role="status">
          {busy ? 'Trying.' : 'A dry run: the exact calls and what they do to the books. Nothing is sent.'}
        </span>
      </p>
      <Problem text={problem} />
      {result && <DryRunResult result={result} />}
    </div>
  );
}

/** What processing a message now would do, or why it would do nothing. */
export function DryRunResult({ result }: { readonly result: DryRun }) {
  const { facts, mappingVersion, ignoredReason, problem, postings } = result;
  return (
    <div className="dry-run-result">
      {problem && <RefusalNote refusal={problem} />}
      {ignoredReason !== null && <p className="notice">Nothing would be posted: {visibleText(ignoredReason, longTextLimit)}.</p>}
      {!problem && ignoredReason === null && postings.length === 0 && (
        <p className="notice">Nothing would be posted: no flow asks for anything.</p>
      )}
      {facts !== null && (
        <p>
          {facts.length === 0 ? 'It becomes no fact.' : 'It becomes '}
          {facts.map((fact, index) => (
            <code key={index}>{visibleText(fact, 80)} </code>
          ))}
        </p>
      )}
      {postings.map((posting, index) => (
        <PostingTried key={index} posting={posting} />
      ))}
      {mappingVersion !== null && <p className="muted">With the mapping of version {visibleText(mappingVersion, 80)}.</p>}
    </div>
  );
}

function RefusalNote({ refusal: { code, text } }: { readonly refusal: Refusal }) {
  return (
    <p className="notice bad">
      It would fail again: {visibleText(text, longTextLimit)} <code>{visibleText(code, 80)}</code>
    </p>
  );
}

function PostingTried({ posting }: { readonly posting: DryPosting }) {
  const { postingKey, target, kind, open, calls, lines, effect, totals, problem } = posting;
  return (
    <article className="tried">
      <h4>
        {visibleText(kind, 60)} in {visibleText(target, 60)}
      </h4>
      <p className="muted">
        <code>{visibleText(postingKey, 200)}</code>
      </p>
      {problem && <RefusalNote refusal={problem} />}
      {open.map((text, index) => (
        <p key={index} className="muted">
          Not known yet: {visibleText(text, 300)}
        </p>
      ))}
      {calls.map((call, index) => (
        <CallTried key={index} call={call} />
      ))}
      {effect.length === 0 ? <p className="muted">It moves no money in the books.</p> : <EffectTable effect={effect} />}
      {totals.map(({ debit, credit }, index) => (
        <p key={index} className={debit?.minor === credit?.minor ? undefined : 'notice bad'}>
          Debit <Amount amount={debit} /> {debit?.minor === credit?.minor ? '=' : 'is not'} credit <Amount amount={credit} />
        </p>
      ))}
      <Lines lines={lines} />
    </article>
  );
}

function CallTried({ call: { method, path, body, text } }: { readonly call: Call }) {
  const read = readJsonText(body);
  return (
    <details open>
      <summary>
        <code>
          {visibleText(method, 10)} {visibleText(path, 300)}
        </code>{' '}
        {visibleText(text, 200)}
      </summary>
      {body !== '' && (
        <pre tabIndex={0} aria-label="Body of the call">
          {'value' in read ? cut(jsonText(read.value)) : visibleText(body, longTextLimit)}
        </pre>
      )}
    </details>
  );
}

const mostCharacters = 50_000;

function cut(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}\n… (cut; ${counted(text.length, 'character')} in all)`;
}
