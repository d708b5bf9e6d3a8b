import type { EmulatorConfig } from '../emulator.config.js';
import { keyOf } from '../rows.js';
import { tables } from '../schema.js';
import type { Store } from '../store.js';
import { postCashGroup } from './cash-posting.js';

/** How often the task agent looks for due tasks, ms. */
const agentPollMs = 50;

/** The task agent: posts what was submitted, also after a restart in between. @returns stop. */
export function startTaskAgent(store: Store, config: EmulatorConfig, now: () => number): () => void {
  const timer = setInterval(() => {
    for (const task of store.rows('SysTask')) {
      if (Number(task.dueMs) > now()) continue;
      store.transaction((transaction) => {
        const group = transaction.row('CashGrp', keyOf(tables.CashGrp, task));
        if (group) postCashGroup(group, { company: config.company, user: config.user, config, nowMs: now() }, transaction);
        transaction.put('SysTask', String(task.SysTaskNum), null);
      });
    }
  }, agentPollMs);
  return () => clearInterval(timer);
}
