import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { wordOf } from '../../components/chip.js';
import type { Labels } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { Problem } from '../../components/problem.js';
import { counted, countText, longTextLimit, visibleText } from '../../format/text.js';
import { messageOf } from '../../shell/http.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { onceOf } from '../../shell/query.js';
import { InPlace } from './in-place.js';
import { JsonBlock } from '../../code/json-block.js';
import { placeOf } from './jump.js';
import { readErpCalls } from './read-erp-calls.js';
import type { ErpCall, ErpExchange } from './read-erp-calls.js';
import { bodyJson } from '../../record/record-json.js';

const callLabels: Labels = { post: 'Sent', find: 'Looked for', discard: 'Deleted again' };

interface ErpCallsProps {
  readonly postingKey: string;
  readonly target: string | null;
  /** Id of what opens, where it is not the one of the document. */
  readonly place?: string | undefined;
}

/** What the ledger was sent for a document, and what it answered, for whoever may read ledgers; read when somebody opens it. */
export function ErpCalls({ postingKey, target, place = placeOf('calls', postingKey) }: ErpCallsProps) {
  const { person } = useShell();
  if (target === null || !mayDo(person, 'ledger.read')) return null;
  const label = `Requests to the ledger and its answers: ${visibleText(postingKey, 100)}`;
  return (
    <InPlace place={place} title="Requests to the ledger and its answers" label={label}>
      {() => <Calls postingKey={postingKey} target={target} />}
    </InPlace>
  );
}

function Calls({ postingKey, target }: { readonly postingKey: string; readonly target: string }) {
  // Not among the answers that live figures ask for again: each reading is in the audit trail.
  const { data, error } = useQuery({ ...onceOf('/api/calls', { target, postingKey }), select: readErpCalls });
  if (error) return <Problem text={messageOf(error)} />;
  if (!data) return <p className="muted">Reading what was sent.</p>;
  if (data.isSilent) return <Problem text={`The sink of ${target} does not answer: what it sent cannot be shown now.`} />;
  return <CallList calls={data.calls} />;
}

/** Calls about a document, the newest first. */
export function CallList({ calls }: { readonly calls: readonly ErpCall[] }) {
  if (calls.length === 0)
    return (
      <p className="muted">
        No call is kept: none was made yet, it is older than <code>ERP_CALL_RETENTION_DAYS</code>, or its data was erased.
      </p>
    );
  return (
    <div className="record">
      {calls.some(({ masked }) => masked) && (
        <p className="muted">Texts are masked: reading them needs the permission to read payloads. Secrets and card numbers always are.</p>
      )}
      <ol className="calls">
        {calls.map((call, index) => (
          <li key={index}>
            <p>
              {wordOf(callLabels, call.call)} <Instant at={call.at} />: <strong>{visibleText(call.result, 60)}</strong>{' '}
              <span className="muted">in {counted(call.exchanges.length, 'request')}</span>
            </p>
            {call.problem !== null && <p className="notice">{visibleText(call.problem, longTextLimit)}</p>}
            {call.exchanges.map((exchange, place) => (
              <Exchange key={place} exchange={exchange} />
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Exchange({ exchange: { method, path, request, status, answer, problem, ms, cut } }: { readonly exchange: ErpExchange }) {
  const name = `${visibleText(method, 10)} ${visibleText(path, 160)}`;
  return (
    <FoldedRequest name={name} status={status} ms={ms}>
      <p>
        <code>
          {visibleText(method, 10)} {visibleText(path, 2_000)}
        </code>
      </p>
      {request !== null && request !== '' && <Body what="Request" name={name} text={request} />}
      {problem !== null && <p className="notice bad">No whole answer came: {visibleText(problem, 500)}</p>}
      {answer !== null && answer !== '' && <Body what="Answer" name={name} text={answer} />}
      {cut && <p className="muted">A body was longer than what is kept of it.</p>}
    </FoldedRequest>
  );
}

function Body({ what, name, text }: { readonly what: string; readonly name: string; readonly text: string }) {
  return (
    <>
      <p className="muted">{what}</p>
      <JsonBlock label={`${what}: ${name}`} text={bodyJson(text)} />
    </>
  );
}

interface FoldedProps {
  readonly name: string;
  readonly status: number | null;
  readonly ms: number | null;
  readonly children: ReactNode;
}

/** One request, folded: a call may take a dozen. */
function FoldedRequest({ name, status, ms, children }: FoldedProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className="evidence" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <code>{name}</code> <span className={status !== null && status < 400 ? 'muted' : 'bad'}>{status ?? 'no answer'}</span>{' '}
        <span className="muted">{countText(ms)} ms</span>
      </summary>
      {open && children}
    </details>
  );
}
