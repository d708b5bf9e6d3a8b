import { useState } from 'react';
import { Chip } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { Problem } from '../../components/problem.js';
import { counted, countText, visibleText } from '../../format/text.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { AmountsAfter } from './amounts-after.js';
import { releaseBatch, useReleaseOrders } from './api.js';
import { batchLabels } from './labels.js';
import type { OpenBatch, ReleaseOrder } from './read-batches.js';
import type { Target } from './read-targets.js';
import { ReasonForm } from './reason-form.js';
import { WaitingRelease } from './waiting-release.js';

/** Batches that are not released, the oldest first; a failed one, or one that waits for a person, is released from here. */
export function Batches({ target, batches }: Pick<Target, 'target' | 'batches'>) {
  const { data: orders = [], problem } = useReleaseOrders(target);
  const { open, documents, amounts, list } = batches;
  return (
    <section className="card" aria-labelledby="batches-title">
      <h2 id="batches-title">Batches that are not released</h2>
      <Problem text={problem} />
      {list.length === 0 ? (
        <p className="muted">Every document is released.</p>
      ) : (
        <p className="list-sum">
          {counted(open, 'batch', 'batches')} with {counted(documents, 'document')}
          <AmountsAfter amounts={amounts} />
          {open !== null && open > list.length && ` · the oldest ${list.length} are shown`}
        </p>
      )}
      <ul className="batches">
        {list.map((batch, index) => (
          <BatchItem key={`${batch.batchId} ${index}`} target={target} batch={batch} order={waitingOf(orders, batch)} />
        ))}
      </ul>
    </section>
  );
}

interface ItemProps {
  readonly target: string;
  readonly batch: OpenBatch;
  readonly order: ReleaseOrder | undefined;
}

function BatchItem({ target, batch, order }: ItemProps) {
  const { person } = useShell();
  const [asked, setAsked] = useState(false);
  const name = visibleText(batch.batchId, 80);
  const mayRelease = (batch.state === 'failed' || batch.byPerson) && order === undefined && mayDo(person, 'groups.release');
  return (
    <li>
      <p>
        <Chip labels={batchLabels} word={batch.state} /> <code>{name}</code> · {visibleText(batch.kind, 40)} of{' '}
        {visibleText(batch.date, 20)} · {countText(batch.documents)} {batch.documents === 1 ? 'document' : 'documents'}
        <AmountsAfter amounts={batch.amounts} />
      </p>
      <p className="muted">
        Since <Instant at={batch.openedAt} />
        {batch.byPerson && ' · is released when a person orders it'}
        {batch.attempts !== null && batch.attempts > 0 && ` · tried ${counted(batch.attempts, 'time')}`}
      </p>
      {batch.text !== null && batch.text !== '' && <p className="notice bad">{visibleText(batch.text, 1_000)}</p>}
      {order && <WaitingRelease target={target} order={order} />}
      {mayRelease && !asked && (
        <button type="button" aria-label={`Release batch ${name}`} onClick={() => setAsked(true)}>
          Release
        </button>
      )}
      {mayRelease && asked && (
        <ReasonForm
          action="Order the release"
          label={`Release batch ${name}`}
          effect="Its documents are posted in the ledger. Above the limit of your roles the order waits for a second person."
          hint="Kept in the audit trail."
          onSend={async (reason) => {
            await releaseBatch(target, batch.batchId, reason);
            setAsked(false);
          }}
          onCancel={() => setAsked(false)}
        />
      )}
    </li>
  );
}

function waitingOf(orders: readonly ReleaseOrder[], { batchId }: OpenBatch): ReleaseOrder | undefined {
  return orders.find((order) => order.batchId === batchId && order.state === 'waiting-approval');
}
