import { useState } from 'react';
import { counted } from '../../format/text.js';
import { OrderDialog } from '../../orders/order-dialog.js';
import type { Intent } from '../../orders/order-dialog.js';
import type { OrderBody } from '../../orders/api.js';
import { mayDo, useShell } from '../../shell/live-context.js';

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
}

/** What can be done about the rows that are selected, and about everything that fits the filters. */
export function ActionBar({ ordering, selected, unit, letters, all }: BarProps) {
  const { person } = useShell();
  if (!mayDo(person, 'orders.create')) return null;
  const about = `${counted(selected, ...unit)} that ${selected === 1 ? 'is' : 'are'} selected`;
  return (
    <p className="action-bar" role="group" aria-label="What to do">
      <span className="muted" role="status">
        {counted(selected, ...unit)} selected
      </span>
      <button type="button" className="primary" disabled={selected === 0} onClick={() => ordering.begin('replay', about, letters())}>
        Replay
      </button>
      <button type="button" disabled={selected === 0} onClick={() => ordering.begin('skip', about, letters())}>
        Skip
      </button>
      {all && (
        <button type="button" onClick={() => ordering.begin('replay', 'everything that fits the filters', [all])}>
          Replay all that fits
        </button>
      )}
    </p>
  );
}
