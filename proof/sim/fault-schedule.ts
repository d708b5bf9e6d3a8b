import type { SimBroker } from './broker.js';
import type { SimDatabase } from './database.js';
import type { SimErp } from './erp.js';
import type { Fault } from './faults.js';
import type { SimGroup } from './group.js';
import type { World } from './world.js';

/** Faults that strike by the clock and not in a call: each a few times while the storm lasts. */
export class FaultSchedule {
  constructor(
    private readonly world: World,
    private readonly broker: SimBroker,
    private readonly database: SimDatabase,
    private readonly erp: SimErp,
    private readonly group: SimGroup,
  ) {}

  plan(from: number, until: number): void {
    for (const [name, strike] of Object.entries(this.strikes) as [Fault, () => void][]) {
      const { faults, engine } = this.world;
      if (!faults.has(name)) continue;
      const dice = faults.of(name);
      for (let times = dice.between(1, 4); times > 0; times -= 1)
        engine.at(dice.between(from, until), () => {
          if (faults.over) return;
          faults.count(name);
          this.world.trace('faults', () => name);
          strike();
        });
    }
  }

  private readonly strikes: Readonly<Partial<Record<Fault, () => void>>> = {
    'rebalance-in-call': () => this.group.rebalance(this.world.faults.of('rebalance-in-call').between(0, 6_000)),
    'offset-rewind': () => {
      const dice = this.world.faults.of('offset-rewind');
      for (const logs of [this.broker.postings, ...this.broker.rungs.values(), this.broker.replays])
        for (const log of logs) log.committed = BigInt(Math.floor(Number(log.committed) * dice.next()));
      this.group.restartReading();
    },
    'broker-loss': () => {
      this.broker.downUntil = this.world.now + this.world.faults.of('broker-loss').between(500, 25_000);
    },
    'kill-all': () => {
      for (const host of this.group.hosts) this.group.kill(host);
    },
    zombie: () => {
      const dice = this.world.faults.of('zombie');
      const [host] = dice.shuffled(this.group.hosts.filter(({ alive }) => alive));
      if (host) host.frozenUntil = this.world.now + dice.between(2_000, 90_000);
    },
    'clock-jump': () => {
      const dice = this.world.faults.of('clock-jump');
      const [host] = dice.shuffled(this.group.hosts);
      if (host) host.skewMs = dice.pick([-600_000, -40_000, -700, 700, 40_000, 600_000]);
    },
    'database-failover': () => this.database.failOver(),
    'period-closed': () => {
      this.erp.ledger.closedUntil = this.world.now + this.world.faults.of('period-closed').between(5_000, 200_000);
    },
    'period-closes-between': () => {
      this.erp.ledger.closedUntil = this.world.now + this.world.faults.of('period-closes-between').between(5_000, 100_000);
    },
    throttled: () => {
      this.erp.ledger.throttledUntil = this.world.now + this.world.faults.of('throttled').between(1_000, 20_000);
    },
    'target-down': () => {
      this.erp.ledger.downUntil = this.world.now + this.world.faults.of('target-down').between(1_000, 90_000);
    },
  };
}
