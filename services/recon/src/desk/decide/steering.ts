import type { OrderView } from '@tributary/contracts';

/** State of an order. */
export type OrderState = OrderView['state'];

/** What somebody does about an order that was given. */
export type Steer = 'cancel' | 'pause' | 'continue';

/** Why it cannot be done. */
export interface SteeringProblem {
  readonly code: 'order.over' | 'order.not-running' | 'order.not-paused';
  readonly text: string;
}

/** States from which each can be done. */
const allowed: Readonly<Record<Steer, readonly OrderState[]>> = {
  cancel: ['running', 'paused', 'waiting-approval'],
  pause: ['running'],
  continue: ['paused'],
};

/** Whether an order in a state can be steered so. @returns undefined when it can. */
export function steered(id: string, state: OrderState, steer: Steer): SteeringProblem | undefined {
  if (allowed[steer].includes(state)) return undefined;
  if (steer === 'cancel') return { code: 'order.over', text: `Order ${id} is ${state}: there is nothing left to cancel.` };
  if (steer === 'pause')
    return { code: 'order.not-running', text: `Order ${id} is ${state}: only an order that runs can be paused. Nothing was changed.` };
  return { code: 'order.not-paused', text: `Order ${id} is ${state}: only a paused order can be continued. Nothing was changed.` };
}
