import type { Answer } from '@tributary/posting';
import { longestCallMs } from './core.js';
import { settleMs } from './erp-ledger.js';
import type { ErpLedger } from './erp-ledger.js';
import type { SimDocument } from './sim-document.js';
import type { ErpCall } from './sim-call.js';
import { HalfDocuments } from './erp-half.js';
import type { SimRequest } from './sim-request.js';
import type { World } from './world.js';

/** What the ERP does with one call: refuses it, loses it, commits it late, or commits it and answers, perhaps. */
export class ErpCallHandler {
  private readonly halves: HalfDocuments;

  constructor(
    private readonly world: World,
    private readonly ledger: ErpLedger,
  ) {
    this.halves = new HalfDocuments(world, ledger);
  }

  take(call: ErpCall): void {
    const { world, ledger } = this;
    const { faults, dice, now } = world;
    const { request } = call;
    const soon = now + dice.between(5, 120);
    if (faults.strikes('rebalance-in-call', 0.03))
      world.engine.at(now + faults.of('rebalance-in-call').between(0, 20_000), world.onRebalance);
    const refusal = this.refusal(request);
    if (refusal) return call.answer(refusal, soon);
    if (faults.strikes('request-lost', 0.08)) return this.lose(request);
    if (call.finish) return world.engine.at(soon, () => this.halves.finish(call, call.finish ?? []));
    // Upserts are matched when they arrive and written later, which is how they overtake each other.
    const matched = ledger.byKey.get(request.postingKey)?.[0];
    if (request.deletes && matched === undefined) {
      if (faults.strikes('timeout-after-commit', 0.1)) return;
      return call.answer({ kind: 'skipped', text: 'no such customer, nothing to deactivate' }, soon);
    }
    if (faults.strikes('late-commit', 0.06)) return this.commitLate(call, matched);
    if (request.kind !== 'customer' && faults.strikes('commit-later-than-promised', 0.2)) return this.commitTooLate(call, matched);
    world.engine.at(soon, () => this.commit(call, matched));
  }

  private lose({ postingKey }: SimRequest): void {
    const { world, ledger } = this;
    ledger.silentUntil = Math.max(ledger.silentUntil, world.now + world.faults.of('request-lost').between(0, 60_000));
    world.trace('erp', () => `${postingKey}: request lost, silent for ${Math.round((ledger.silentUntil - world.now) / 1_000)} s`);
  }

  /** Commits within the settle time after the caller gave up, for whatever reason it did. */
  private commitLate({ request, batchId, sender, sentAt }: ErpCall, matched: SimDocument | undefined): void {
    const { world, ledger } = this;
    // A new document may come after twice the settle time as long as the caller runs, because it looks twice.
    const twice = matched === undefined && request.protocol !== 'versioned-upsert';
    let isScheduled = false;
    const gaveUp = (): void => {
      if (isScheduled) return;
      isScheduled = true;
      const at = world.now;
      const { alive, frozenUntil } = sender.host;
      const mostMs = twice && alive && frozenUntil <= at && !sender.abort.isOpen ? 2 * settleMs - 300 : settleMs - 100;
      world.engine.at(at + world.faults.of('late-commit').between(0, mostMs), () => ledger.commit(request, matched, batchId, false));
    };
    sender.abort.onOpen(gaveUp);
    world.engine.at(sentAt + longestCallMs, gaveUp);
  }

  private commitTooLate({ request, batchId, sentAt }: ErpCall, matched: SimDocument | undefined): void {
    const { world, ledger } = this;
    ledger.brokenPromises.add(request.postingKey);
    const afterMs = longestCallMs + world.faults.of('commit-later-than-promised').between(settleMs, 45_000);
    world.engine.at(sentAt + afterMs, () => ledger.commit(request, matched, batchId, true));
  }

  /** Commits, and answers unless a fault prevents it. */
  private commit({ request, known, batchId, sender, sentAt, answer }: ErpCall, matched: SimDocument | undefined): void {
    const { world, ledger } = this;
    const { faults, dice } = world;
    if (request.kind !== 'customer' && this.halves.commits({ request, known, batchId, finish: undefined, sender, sentAt, answer })) return;
    const reference = ledger.commit(request, matched, batchId, false);
    if (!reference) return answer({ kind: 'rejected', code: 'erp.duplicate', text: 'a document with this key exists' }, world.now + 5);
    if (faults.strikes('timeout-after-commit', 0.1)) return;
    if (faults.strikes('answer-after-300s', 0.1)) return answer({ kind: 'posted', reference }, world.now + 300_000);
    if (faults.strikes('half-commit', 0.1) || faults.strikes('error-500-after-commit', 0.1))
      return answer({ kind: 'unknown', text: 'HTTP 500' }, world.now + dice.between(1, 40));
    if (faults.strikes('crash-after-effect', 0.1)) {
      world.trace(sender.host.name, () => 'KILLED: crash-after-effect');
      sender.host.alive = false;
      return;
    }
    const isChange = known !== undefined || (matched !== undefined && request.protocol === 'versioned-upsert');
    answer({ kind: isChange ? 'updated' : 'posted', reference }, world.now + dice.between(1, 40));
  }

  /** An answer that says that nothing was applied. */
  private refusal(request: SimRequest): Answer | undefined {
    const { ledger } = this;
    const { now, faults } = this.world;
    if (now < ledger.downUntil) return { kind: 'unavailable', code: 'erp.unavailable', text: 'connection refused' };
    if (now < ledger.throttledUntil || faults.strikes('throttled', 0.05))
      return { kind: 'throttled', retryAfterMs: 3_000, text: 'HTTP 429' };
    if ((ledger.locked.get(request.postingKey) ?? 0) > now) return { kind: 'conflict', text: 'the record is locked' };
    if (faults.strikes('locked-row', 0.06))
      ledger.locked.set(request.postingKey, now + faults.of('locked-row').pick([2_000, 30_000, 400_000, 40 * 3_600_000]));
    if (request.bad && !ledger.mended) return { kind: 'rejected', code: 'erp.field', field: 'Reference', text: 'too long' };
    if (request.kind !== 'customer' && now < ledger.closedUntil && faults.has('period-closed'))
      return { kind: 'rejected', code: 'erp.period-closed', text: 'the period is closed' };
    return undefined;
  }
}
