import { useState } from 'react';
import { Instant } from '../../components/instant.js';
import { counted, visibleText } from '../../format/text.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { decideRelease } from './api.js';
import { AmountsAfter } from './amounts-after.js';
import type { ReleaseOrder } from './read-batches.js';
import { ReasonForm } from './reason-form.js';

/** An order that waits for a second person: who gave it and why, and for whoever may decide, approval and refusal. */
export function WaitingRelease({ target, order }: { readonly target: string; readonly order: ReleaseOrder }) {
  const { person } = useShell();
  const [asked, setAsked] = useState<'approve' | 'refuse'>();
  const name = visibleText(order.batchId, 80);
  return (
    <div className="waiting-release">
      <p>
        {visibleText(order.by, 80)} ordered its release <Instant at={order.orderedAt} />: “{visibleText(order.reason, 500)}”. It needs a
        second person{order.waitsFor.length > 0 && `: ${visibleText(order.waitsFor.join(', '), 300)}`}.{' '}
        {counted(order.documents, 'document')}
        <AmountsAfter amounts={order.amounts} />
        {order.expiresAt !== null && (
          <span className="muted">
            {' '}
            · ends by itself <Instant at={order.expiresAt} />
          </span>
        )}
      </p>
      {asked === undefined && mayDo(person, 'orders.approve') && (
        <p className="actions">
          <button type="button" aria-label={`Approve the release of ${name}`} onClick={() => setAsked('approve')}>
            Approve
          </button>{' '}
          <button type="button" aria-label={`Refuse the release of ${name}`} onClick={() => setAsked('refuse')}>
            Refuse
          </button>
        </p>
      )}
      {asked !== undefined && (
        <ReasonForm
          action={asked === 'approve' ? 'Approve it' : 'Refuse it'}
          label={`${asked === 'approve' ? 'Approve' : 'Refuse'} the release of ${name}`}
          effect={
            asked === 'approve'
              ? 'The batch is released as it is shown here; if it changes before, nothing happens.'
              : 'The batch stays as it is.'
          }
          hint="Kept in the audit trail."
          onSend={async (reason) => {
            await decideRelease(target, order, asked, reason);
            setAsked(undefined);
          }}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}
