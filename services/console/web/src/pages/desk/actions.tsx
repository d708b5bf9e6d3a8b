import { useState } from 'react';
import { counted } from '../../format/text.js';
import { OrderDialog } from '../../orders/order-dialog.js';
import type { Intent } from '../../orders/order-dialog.js';
import type { OrderBody } from '../../orders/api.js';
import { orderVerbs } from '../../orders/labels.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { AssignSelected } from './assign-selected.js';
import type { Given } from './assign-selected.js';

/** What is ordered about: the letters of an order without what is done about them. */
export type Letters = Omit<OrderBody, 'action'>;

/** What somebody is about to order, and how it is begun. */
export interface Ordering {
  readonly intent: Intent | undefined;
  readonly begin: (action: OrderBody['action'], about: string, letters: readonly Letters[]) => void;
  readonly end: () => void;
}

/** Begins an order, which the dialog then counts and confirms. Without letters nothing begins. */
export function useOrdering(): Ordering {
  const [intent, setIntent] = useState<Intent>();
  return {
    intent,
    begin: (action, about, letters) => letters.length > 0 && setIntent({ about, bodies: letters.map((one) => ({ ...one, action })) }),
    end: () => setIntent(undefined),
  };
}

/** The dialog of what is being ordered. */
export function OrderingDialog({ ordering }: { readonly ordering: Ordering }) {
  return ordering.intent ? <OrderDialog intent={ordering.intent} onClose={ordering.end} /> : null;
}

interface BarProps {
  readonly ordering: Ordering;
  /** How many rows are selected, with their unit. */
  readonly selected: number;
  readonly unit: readonly [one: string, many: string];
  readonly letters: () => readonly Letters[];
  /** Everything that fits the filters; undefined where they select nothing in particular. */
  readonly all?: Letters | undefined;
  /** Letters that can be given to somebody: those that are selected; absent where a row is no letter. */
  readonly assigned?: readonly Given[];
}

/** What somebody may order. */
function actionsOf(mayResolve: boolean): readonly OrderBody['action'][] {
  return mayResolve ? ['replay', 'skip', 'resolve'] : ['replay', 'skip'];
}

/** What can be done about the rows that are selected, and about everything that fits the filters. */
export function ActionBar({ ordering, selected, unit, letters, all, assigned }: BarProps) {
  const { person } = useShell();
  if (!mayDo(person, 'orders.create')) return null;
  const actions = actionsOf(mayDo(person, 'orders.resolve'));
  const about = `${counted(selected, ...unit)} that ${selected === 1 ? 'is' : 'are'} selected`;
  return (
    <p className="action-bar" role="group" aria-label="What to do">
      <span className="muted" role="status">
        {counted(selected, ...unit)} selected
      </span>
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          className={action === 'replay' ? 'primary' : undefined}
          disabled={selected === 0}
          onClick={() => ordering.begin(action, about, letters())}
        >
          {orderVerbs[action]}
        </button>
      ))}
      {assigned && <AssignSelected chosen={assigned} />}
      {all &&
        actions.map((action) => (
          <button key={`all ${action}`} type="button" onClick={() => ordering.begin(action, 'everything that fits the filters', [all])}>
            {orderVerbs[action]} all that fits
          </button>
        ))}
    </p>
  );
}
