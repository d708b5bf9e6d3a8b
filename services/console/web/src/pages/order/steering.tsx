import { useState } from 'react';
import { CopyField } from '../../components/copy-field.js';
import { Instant } from '../../components/instant.js';
import { visibleText } from '../../format/text.js';
import { decideOrder } from '../../orders/api.js';
import type { Order } from '../../orders/read-order.js';
import { ReasonForm } from '../../orders/reason-form.js';
import { mayDo, useShell } from '../../shell/live-context.js';

/** One thing that can be done about an order. */
interface Step {
  readonly how: Parameters<typeof decideOrder>[1];
  readonly verb: string;
  /** States of the order in which it can be done. */
  readonly from: readonly string[];
  readonly needs: string;
  /** What happens, as a sentence. */
  readonly text: string;
}

const stoppable = ['running', 'paused', 'waiting-approval'];
const steps: readonly Step[] = [
  { how: 'approve', verb: 'Approve', from: ['waiting-approval'], needs: 'orders.approve', text: 'It is carried out as it is shown here.' },
  { how: 'refuse', verb: 'Refuse', from: ['waiting-approval'], needs: 'orders.approve', text: 'Nothing of it is carried out.' },
  {
    how: 'pause',
    verb: 'Pause',
    from: ['running'],
    needs: 'orders.cancel',
    text: 'Nothing more is dispatched until somebody continues it.',
  },
  { how: 'continue', verb: 'Continue', from: ['paused'], needs: 'orders.create', text: 'It goes on where it was.' },
  {
    how: 'cancel',
    verb: 'Cancel the order',
    from: stoppable,
    needs: 'orders.cancel',
    text: 'What is not dispatched yet stays a dead letter.',
  },
];

/** Buttons for what somebody may do about the order now. Each asks why. */
export function OrderSteering({ order }: { readonly order: Order }) {
  const { person } = useShell();
  const [chosen, setChosen] = useState<Step>();
  const isOwn = person !== null && person.subject === order.subject;
  const possible = steps.filter(
    ({ how, from, needs }) => from.includes(order.state) && mayDo(person, needs) && !(isOwn && (how === 'approve' || how === 'refuse')),
  );
  const step = possible.find(({ how }) => how === chosen?.how);
  return (
    <>
      {order.state === 'waiting-approval' && <Waiting order={order} isOwn={isOwn} />}
      {step ? (
        <ReasonForm
          key={step.how}
          verb={step.verb}
          text={step.text}
          onClose={() => setChosen(undefined)}
          onConfirm={(reason) =>
            // What was shown is what is approved: with another content the approval is refused.
            decideOrder(
              order.id,
              step.how,
              reason,
              step.how === 'approve' && order.contentHash !== null ? { contentHash: order.contentHash } : {},
            )
          }
        />
      ) : (
        possible.length > 0 && (
          <p className="buttons">
            {possible.map((one) => (
              <button key={one.how} type="button" onClick={() => setChosen(one)}>
                {one.verb}
              </button>
            ))}
          </p>
        )
      )}
    </>
  );
}

function Waiting({ order, isOwn }: { readonly order: Order; readonly isOwn: boolean }) {
  return (
    <div className="notice warn">
      {isOwn && <p>It is your own order: somebody else has to decide about it.</p>}
      <p>
        It expires on <Instant at={order.expiresAt} />. What is approved are the letters below with their bytes, bound by this hash:
      </p>
      <CopyField label="Hash of its content" value={visibleText(order.contentHash ?? 'not known')} />
    </div>
  );
}
