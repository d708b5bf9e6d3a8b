import { steered } from './steering.js';
import type { OrderState, Steer } from './steering.js';

const states: readonly OrderState[] = ['waiting-approval', 'running', 'paused', 'cancelling', 'cancelled', 'done', 'refused', 'expired'];

it.each<[Steer, readonly OrderState[], string]>([
  ['pause', ['running'], 'order.not-running'],
  ['continue', ['paused'], 'order.not-paused'],
  ['cancel', ['waiting-approval', 'running', 'paused'], 'order.over'],
])('%s is possible from %j, and from every other state the refusal names it', (steer, from, code) => {
  for (const state of states) {
    const problem = steered('ord_1', state, steer);
    if (from.includes(state)) expect(problem).toBeUndefined();
    else expect(problem).toEqual({ code, text: expect.stringContaining(`Order ord_1 is ${state}:`) as string });
  }
});
