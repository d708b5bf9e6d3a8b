import { randomUUID } from 'node:crypto';
import type { Answer } from '../answers.js';
import { ok, P21Error, Refusal } from '../answers.js';
import type { Call } from '../call.js';
import type { EmulatorConfig } from '../emulator.config.js';
import { readJson } from '../exact-json.js';
import type { Store } from '../store.js';
import { runTransactions } from './engine.js';
import { serviceNamed } from './services/index.js';

/** Requests that wait or run at once: docs/reference/prophet21.md section 4 [verified]. */
const most = 2;
/** 3 is running; 2 is complete, also when the transaction failed: section 4 [verified]. */
const status = { running: 3, complete: 2 } as const;
const table = 'async_request';
const pollMs = 50;

/**
 * Queues a transaction set. Its number is `RequestId` (section 14 [verified]); what a third request is answered, and the other names, are
 * assumed.
 */
export function enqueue(call: Call): Answer {
  const { transaction, body, user, nowMs, config } = call;
  if (transaction.rows(table).filter((row) => row.status === status.running).length >= most)
    throw new P21Error('business', 'The queue of asynchronous requests is full.');
  const id = randomUUID();
  const dueMs = nowMs + config.asyncMs;
  transaction.put(table, id, { id, user, body: JSON.stringify(body ?? null), status: status.running, result: null, dueMs });
  return ok({ RequestId: id, Status: status.running }, 'AsyncRequest');
}

/** The state of a request; its result is JSON that is encoded twice: section 4 [verified]. */
export function asyncStatus(call: Call): Answer {
  const row = call.transaction.row(table, call.query.get('id') ?? '');
  if (!row) throw new P21Error('notFound', 'The asynchronous request does not exist.');
  return ok({ RequestId: row.id, Status: row.status, Result: row.result }, 'AsyncRequest');
}

/** Runs what is due, also after a restart in between. There is no way to cancel it (section 4 [verified]). @returns stop. */
export function startAsyncRunner(store: Store, config: EmulatorConfig, now: () => number): () => void {
  const timer = setInterval(() => {
    for (const row of store.rows(table)) {
      if (row.status !== status.running || Number(row.dueMs) > now()) continue;
      store.transaction((transaction) => {
        const body = readJson(String(row.body));
        const call: Call = {
          ...{ method: 'POST', args: [], query: new URLSearchParams(), body, config, transaction },
          user: String(row.user),
          nowMs: now(),
        };
        // Twice: once as the text of the result, once more as the value of a column that holds text.
        transaction.put(table, String(row.id), { ...row, status: status.complete, result: JSON.stringify(JSON.stringify(resultOf(call))) });
      });
    }
  }, pollMs);
  return () => clearInterval(timer);
}

function resultOf(call: Call): unknown {
  const { Name } = (call.body ?? {}) as { Name?: unknown };
  const service = serviceNamed(typeof Name === 'string' ? Name : '', call.config);
  try {
    if (!service) throw new P21Error('business', `Service ${String(Name)} does not exist.`);
    return runTransactions(service, call).body;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { Messages: [error.message], Results: null, Summary: { Succeeded: 0, Failed: 1, Other: 0 } };
  }
}
