import { setTimeout as pause } from 'node:timers/promises';
import type { SumView, TodayView } from '@tributary/contracts';
import type { StackInBrowser } from './running-stack.js';

const lookEveryMs = 5_000;
/** Looks in a row that have to be the same. */
const looks = 3;
const withinMs = 600_000;

/**
 * Waits until nothing is on its way any more and the first page says the same for a while: what a page shows and what the API says are
 * asked one after the other. @throws {Error} with what is still on its way after ten minutes.
 */
export async function settled({ api }: StackInBrowser): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (let before = '', same = 0; same < looks; await pause(lookEveryMs)) {
    const { count } = await api<SumView>('/payments/totals?standing=onItsWay');
    const { asOf: _, clearingAsOf: __, ...figures } = await api<TodayView>('/today');
    const now = JSON.stringify(figures);
    same = count === 0 && now === before ? same + 1 : 0;
    before = now;
    if (Date.now() > deadline) throw new Error(`the stack does not come to rest: ${count} payments are on their way, and today is ${now}`);
  }
}
