import { orderRelease } from './batches.js';
import { SimBroker } from './broker.js';
import type { Invariant, Violation } from './checks.js';
import type { Core } from './core.js';
import { SimDatabase } from './database.js';
import { SimErp } from './erp.js';
import { FaultSchedule } from './fault-schedule.js';
import { merchantFacts } from './facts.js';
import type { SimRequest } from './sim-request.js';
import { Faults } from './faults.js';
import type { Fault } from './faults.js';
import { SimGroup } from './group.js';
import { SimOperator } from './operator.js';
import { Tracker } from './tracker.js';
import { verifyCalm } from './verify-calm.js';
import { verifyAtEnd } from './verify-end.js';
import { watchErp } from './verify-erp.js';
import { World } from './world.js';

const partitions = 2;
/** Length of the storm, which begins with the first delivery, ms. */
const stormMs = 200_000;
/** Calm after the storm, longer than every shipped delay, lease, lookup and recheck, ms. */
const calmMs = 45 * 60_000;
/** How long operators work, ms. */
const operatorMs = 45 * 60_000;

/** What one seed did. */
export interface RunResult {
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly violation: Violation | undefined;
  readonly injected: ReadonlyMap<Fault, number>;
  readonly checked: ReadonlyMap<Invariant, number>;
  readonly events: number;
  readonly requests: number;
  /** Number of requests by how they ended, from the outcomes in the topic. */
  readonly ends: Readonly<Record<string, number>>;
  readonly trace: readonly string[];
}

/** How to run a seed. */
export interface RunOptions {
  readonly core: Core;
  /** These faults instead of those that the seed chooses. */
  readonly faults?: ReadonlySet<Fault>;
  readonly trace?: boolean;
}

/** Runs one seed: a storm of faults, calm, operators, and the final checks. Ends with the first violation. */
export function runSeed(seed: number, { core, faults: chosen, trace = false }: RunOptions): RunResult {
  const faults = new Faults(seed, chosen ?? Faults.chosenBy(seed));
  const world = new World(seed, core, faults, trace);
  const { engine, checks } = world;
  const { deliveries, requests, movements } = merchantFacts(seed, core, faults, partitions, world.now);
  const database = new SimDatabase(world);
  const broker = new SimBroker(world, partitions);
  const erp = new SimErp(world);
  const tracker = new Tracker(world, broker, database);
  const append = (request: SimRequest, partition: number): void => {
    const message = { partition, offset: 0n, request };
    const offset = broker.postings[partition]?.append(message, world.dice.chance(0.1)) ?? 0n;
    message.offset = offset;
    tracker.appended(message);
  };
  const parts = { world, database, broker, erp, tracker, requests, movements };
  watchErp(parts);
  for (const { at, partition, requests: mapped, eventId } of deliveries)
    engine.at(at, () => {
      world.trace('stripe', () => `delivers ${eventId}`);
      const produce = (): void => {
        if (world.now < broker.downUntil) return engine.at(broker.downUntil + 1, produce);
        for (const request of mapped) append(request, partition);
      };
      produce();
    });
  const group = new SimGroup(world, broker, database, erp, tracker, world.dice.between(2, 3));
  const stormEnd = world.now + stormMs;
  new FaultSchedule(world, broker, database, erp, group).plan(world.now, stormEnd);
  const goesOn = (): boolean => checks.violation === undefined;

  engine.runUntil(stormEnd, goesOn);
  faults.end();
  engine.runUntil(stormEnd + calmMs, goesOn);
  if (goesOn()) verifyCalm(parts);
  const operator = new SimOperator(world, broker, database, erp, tracker, (batchId) => orderRelease(batchId, database, core));
  engine.start(undefined, operator.working());
  engine.runUntil(stormEnd + calmMs + operatorMs, goesOn);
  const ends = goesOn() ? verifyAtEnd(parts) : {};
  return {
    seed,
    faults: [...faults.chosen],
    violation: checks.violation,
    injected: faults.injected,
    checked: checks.counts,
    events: engine.events,
    requests: requests.size,
    ends,
    trace: world.lines,
  };
}
