import { CircuitBreaker, RejectGuard } from '@tributary/messaging/core';
import { defaultBreakerPolicy, defaultRejectGuardPolicy } from '@tributary/posting';
import type { SimBroker } from './broker.js';
import type { SimDatabase } from './database.js';
import { Host } from './engine.js';
import type { SimErp } from './erp.js';
import { SimLedger } from './ledger.js';
import { PartitionRun } from './partition.js';
import { SimSink } from './sink.js';
import type { Tracker } from './tracker.js';
import type { World } from './world.js';

/** Session timeout: Kafka removes a silent member after this, ms. */
const sessionMs = 10_000;
const restartMs = { least: 300, most: 4_000 };
/** How long an operator takes to restart a group that stopped after too many rejects, ms. */
const startAgainMs = 20_000;

interface Member {
  readonly host: Host;
  readonly sink: SimSink;
  readonly breaker: CircuitBreaker;
  readonly guard: RejectGuard;
  readonly runs: Map<number, PartitionRun>;
  lastSeen: number;
  /** Removed from the group for its silence. */
  out: boolean;
}

/** The consumer group of one target: its members, the owners of its partitions, rebalances and restarts. */
export class SimGroup {
  readonly members: Member[] = [];
  /** Kafka's view of the owner of each partition: only its commits count. */
  private owners: (Host | undefined)[];
  private names = 0;

  constructor(
    private readonly world: World,
    private readonly broker: SimBroker,
    private readonly database: SimDatabase,
    private readonly erp: SimErp,
    private readonly tracker: Tracker,
    size: number,
  ) {
    this.owners = Array.from({ length: broker.partitions }, () => undefined);
    for (let index = 0; index < size; index += 1) this.join();
    this.rebalance(0);
    world.onRebalance = () => this.rebalance(0);
    world.engine.start(undefined, this.watching());
  }

  get hosts(): Host[] {
    return this.members.map(({ host }) => host);
  }

  /** kill -9; another member is started later. */
  kill(host: Host): void {
    this.world.trace(host.name, () => 'KILLED');
    host.alive = false;
  }

  /** Assigns all partitions again. A member that loses one learns of it after `noticeMs`. */
  rebalance(noticeMs: number): void {
    const { world } = this;
    const able = this.members.filter(({ host }) => host.alive && host.frozenUntil <= world.now);
    world.trace('group', () => `rebalance among ${able.map(({ host }) => host.name).join(', ')}`);
    const shift = world.dice.between(0, 7);
    for (const partition of this.owners.keys()) {
      const owner = able.length === 0 ? undefined : able[(partition + shift) % able.length];
      if (owner?.host === this.owners[partition] && owner?.runs.has(partition)) continue;
      this.owners[partition] = owner?.host;
      // Also a new owner that had it before and does not know that it had lost it meanwhile.
      for (const member of this.members) if (member.runs.has(partition)) this.tellLater(member, partition, noticeMs);
      if (owner) world.engine.at(world.now + world.dice.between(1, 300), () => this.assign(owner, partition));
    }
  }

  /** Every member continues from the committed offsets. */
  restartReading(): void {
    for (const member of this.members)
      for (const partition of [...member.runs.keys()]) {
        member.runs.get(partition)?.abandon();
        member.runs.delete(partition);
        if (this.owners[partition] === member.host) this.assign(member, partition);
      }
  }

  private assign(member: Member, partition: number): void {
    const { host, runs, sink, breaker, guard } = member;
    if (!host.alive || this.owners[partition] !== host || runs.has(partition)) return;
    const { world, broker, database, tracker } = this;
    this.world.trace(host.name, () => `gets partition ${partition}`);
    const mayCommit = (): boolean => this.owners[partition] === host;
    const onStop = (): void => this.stop(member);
    runs.set(partition, new PartitionRun(partition, { world, host, broker, database, tracker, sink, breaker, guard, onStop, mayCommit }));
  }

  private tellLater(member: Member, partition: number, noticeMs: number): void {
    const { engine } = this.world;
    const run = member.runs.get(partition);
    const tell = (): void => {
      if (!member.host.alive) return;
      if (member.host.frozenUntil > engine.now) return engine.at(member.host.frozenUntil + 50, tell);
      if (member.runs.get(partition) !== run) return;
      run?.abandon();
      member.runs.delete(partition);
      // The partition may have been assigned to it again meanwhile.
      if (this.owners[partition] === member.host) this.assign(member, partition);
    };
    engine.at(engine.now + noticeMs, tell);
  }

  private stop(member: Member): void {
    this.world.trace(member.host.name, () => 'stops: too many rejects');
    for (const run of member.runs.values()) run.abandon();
    member.runs.clear();
    member.host.alive = false;
    member.lastSeen = this.world.now + startAgainMs;
  }

  private join(): Member {
    const { world, database, erp, broker } = this;
    const host = new Host(`sink-${(this.names += 1)}`, world.engine);
    const ledger = new SimLedger(world, database);
    const sink = new SimSink(world, host, ledger, database, erp, broker);
    const clock = {
      now: () => host.now(),
      after: (ms: number, run: () => void) => {
        let cancelled = false;
        world.engine.at(world.now + ms, () => void (!cancelled && host.alive && run()));
        return () => void (cancelled = true);
      },
    };
    const member: Member = {
      host,
      sink,
      breaker: new CircuitBreaker(defaultBreakerPolicy, clock),
      guard: new RejectGuard(defaultRejectGuardPolicy),
      runs: new Map(),
      lastSeen: world.now,
      out: false,
    };
    this.members.push(member);
    world.engine.start(host, sink.sweeping());
    return member;
  }

  /** The part of Kafka and Kubernetes: silent members are removed from the group, dead ones are replaced. */
  private *watching(): Generator<number, void, boolean> {
    const { world } = this;
    for (;;) {
      yield world.faults.over && this.members.every(({ host }) => host.alive && host.frozenUntil <= world.now) ? 60_000 : 1_000;
      let changed = false;
      for (const [index, member] of [...this.members.entries()].reverse()) {
        const { host } = member;
        if (host.alive && host.frozenUntil <= world.now) {
          changed ||= member.out; // it rejoins
          member.out = false;
          member.lastSeen = Math.max(member.lastSeen, world.now);
          continue;
        }
        if (!host.alive && world.now - member.lastSeen > sessionMs / 2) {
          this.members.splice(index, 1);
          world.engine.at(world.now + world.dice.between(restartMs.least, restartMs.most), () => {
            this.join();
            this.rebalance(world.dice.between(0, 2_000));
          });
          changed = true;
        }
        if (host.alive && world.now - member.lastSeen > sessionMs && !member.out) changed = member.out = true;
      }
      // All members were suspended during a rebalance, none for a whole session: rebalance again when one of them runs.
      const orphaned = this.owners.includes(undefined) && this.members.some(({ host }) => host.alive && host.frozenUntil <= world.now);
      if (changed || orphaned) this.rebalance(world.dice.between(0, 3_000));
    }
  }
}
