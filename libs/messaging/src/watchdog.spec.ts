import { watchdogVerdict } from './watchdog.js';
import type { ConsumerHealth } from './watchdog.js';

const limits = { sessionTimeoutMs: 30_000, rebalanceTimeoutMs: 60_000, requestTimeoutMs: 12_000, timeBoxMs: 12_000 };
const now = 1_000_000;
const well: ConsumerHealth = {
  joined: true,
  stopping: false,
  startedAt: now - 600_000,
  lastHeartbeatAt: now - 3_000,
  lastFetchAt: now - 1_000,
  crashedAt: undefined,
  dead: false,
  oldestBatchAt: now - 5_000,
  requestTimeoutsInRow: 0,
  awakeSince: 0,
};

it.each([
  ['well', {}, false],
  ['dead for good', { dead: true }, true],
  ['crashed, still within two rebalance timeouts', { crashedAt: now - 120_000, lastHeartbeatAt: 0, lastFetchAt: 0 }, false],
  ['crashed and not back', { crashedAt: now - 120_001 }, true],
  ['a batch that hangs', { oldestBatchAt: now - 36_001 }, true],
  ['a frozen coordinator', { lastHeartbeatAt: now - 30_001 }, true],
  [
    'a process that was suspended and has not read its answers yet',
    { lastHeartbeatAt: now - 90_000, lastFetchAt: now - 90_000, awakeSince: now },
    false,
  ],
  ['no heartbeat since it was suspended', { lastHeartbeatAt: now - 90_000, awakeSince: now - 30_001 }, true],
  ['no fetch since it was suspended', { lastFetchAt: now - 90_000, awakeSince: now - 36_001 }, true],
  ['a fetch loop that stands still', { lastFetchAt: now - 36_001 }, true],
  ['two unanswered requests', { requestTimeoutsInRow: 2 }, true],
  ['not joined yet', { joined: false, lastHeartbeatAt: 0, lastFetchAt: 0 }, false],
  ['just started', { startedAt: now, lastHeartbeatAt: 0, lastFetchAt: 0 }, false],
  ['stopping', { stopping: true, dead: true }, false],
] as const)('%s', (_name, change, act) => {
  expect(watchdogVerdict({ ...well, ...change }, limits, now).act).toBe(act);
});
