import { setTimeout as wait } from 'node:timers/promises';
import type { Ask, Order } from './api.js';
import { ApiError } from './api.js';
import type { Options } from './arguments.js';
import { UsageError } from './arguments.js';
import { allVisible } from './all-visible.js';
import { orderText } from './render-orders.js';
import type { Terminal } from './terminal.js';

const pollMs = 500;
/** How long to keep following while recon does not answer: after a restart it continues its orders. */
const patienceMs = 60_000;
const over = new Set(['done', 'cancelled', 'refused', 'expired']);
/** Exit code of an order that waits for a second person. */
const waitsForApproval = 5;

/** Reason of an order. Who gives it is whoever the token names. @throws {UsageError} when it is missing. */
export function requireReason(options: Options): { reason: string } {
  if (!options.reason) throw new UsageError('Why? Give --reason "...": it is kept with the order.');
  return { reason: options.reason };
}

/** Submits an order and follows it. @returns the exit code. */
export async function submitOrder(ask: Ask, terminal: Terminal, options: Options, body: object): Promise<number> {
  const order = await ask<Order>('POST', '/dead-letter-orders', {
    ...body,
    ...requireReason(options),
    ...(options.rate === undefined ? {} : { ratePerSecond: options.rate }),
  });
  if (!options.json) terminal.out(`order ${order.id}: ${order.total} to ${order.action}`);
  return followOrder(ask, terminal, options, order.id);
}

/** Shows the progress of an order until it ends. Ctrl-C stops following; the order continues. @returns 0 when all of it was done. */
export async function followOrder(ask: Ask, terminal: Terminal, options: Options, id: string): Promise<number> {
  let shown = '';
  let silentSince: number | undefined;
  for (;;) {
    let order: Order;
    try {
      order = await ask<Order>('GET', `/dead-letter-orders/${encodeURIComponent(id)}`);
      silentSince = undefined;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'unreachable' || shown === '') throw error;
      silentSince ??= Date.now();
      if (Date.now() - silentSince > patienceMs) throw error;
      terminal.progress(`${id}: recon does not answer at the moment; the order continues when it is back`);
      await wait(pollMs);
      continue;
    }
    const text = orderText(order);
    const ended = over.has(order.state);
    if (options.json && (ended || !options.follow || order.state === 'waiting-approval')) terminal.out(JSON.stringify(order));
    else if (!options.json && text !== shown) terminal.progress(text);
    shown = text;
    if (order.state === 'waiting-approval') return tellWhoDecides(order, terminal, options);
    if (ended || !options.follow) return exitCode(order, terminal, options);
    await wait(pollMs);
  }
}

/** Nobody waits at a terminal for somebody else's decision. */
function tellWhoDecides({ id, waitsFor, expiresAt }: Order, terminal: Terminal, options: Options): number {
  if (options.json) return waitsForApproval;
  terminal.out(
    allVisible([
      `It waits for the approval of somebody else, until ${expiresAt ?? 'it is cancelled'}:`,
      ...waitsFor.map((why) => `  ${why}`),
    ]).join('\n'),
  );
  terminal.out(`They run: npm run -s tributary -- dlq approve ${id} --reason "..."`);
  return waitsForApproval;
}

function exitCode(order: Order, terminal: Terminal, options: Options): number {
  if (!options.follow && !over.has(order.state)) return 0;
  const good = order.failed === 0 && order.stopped === 0 && order.state !== 'refused' && order.state !== 'expired';
  if (!options.json)
    terminal.out(
      good
        ? 'All of it is done.'
        : `${order.failed} dead-lettered again, ${order.stopped} not dispatched: npm run -s tributary -- dlq causes`,
    );
  return good ? 0 : 1;
}
