import { BadRequestException, NotFoundException } from '@nestjs/common';
import type { BatchRepository } from '../emit/batches/batch.repository.js';
import type { ReleaseDesk } from '../emit/batches/release-desk.js';
import type { CallReader } from '../emit/calls/call.reader.js';
import type { TargetChecks } from '../emit/health/target-checks.js';
import type { TargetHealth } from '../emit/health/target-health.js';
import type { LedgerErasure } from '../emit/ledger/ledger-erasure.js';
import type { TargetPauses } from '../emit/target-pauses.js';
import type { LedgerReader } from '../emit/ledger/ledger.reader.js';

/** The ledger of one target, as HTTP reads it and gives orders to it. */
export interface ServedLedger {
  readonly target: string;
  readonly reader: LedgerReader;
  readonly calls: CallReader;
  readonly batches: BatchRepository;
  readonly releases: ReleaseDesk;
  readonly erasure: LedgerErasure;
  readonly pauses: TargetPauses;
  readonly health: TargetHealth;
  /** Undefined: this process does not look at the target. */
  readonly checks: TargetChecks | undefined;
}

/** The ledgers of the targets that this process serves. */
export class ServedLedgers {
  constructor(private readonly ledgers: readonly ServedLedger[]) {}

  /** Those that somebody may see: every other target is as if it were not served here. @param visible as `targetsFor` says. */
  seenBy(visible: '*' | readonly string[]): ServedLedgers {
    return visible === '*' ? this : new ServedLedgers(this.ledgers.filter(({ target }) => visible.includes(target)));
  }

  /** That of a target, or all of them. @throws {NotFoundException} for a target that is not served here. */
  all(target?: string): readonly ServedLedger[] {
    return target === undefined ? this.ledgers : [this.of(target)];
  }

  /** That of a target; without one the only one. @throws {NotFoundException} and, with several targets, {BadRequestException}. */
  one(target: string | undefined): ServedLedger {
    if (target !== undefined) return this.of(target);
    const [only, ...others] = this.ledgers;
    if (!only) throw new NotFoundException('no target is served here');
    if (others.length === 0) return only;
    throw new BadRequestException(`target: this process serves ${this.names}; say which one, with ?target=`);
  }

  /** That of the posting; undefined when its target is not served here. */
  ofPosting(postingKey: string): ServedLedger | undefined {
    return this.ledgers.find(({ target }) => postingKey.startsWith(`${target}/`));
  }

  private of(target: string): ServedLedger {
    const found = this.ledgers.find((ledger) => ledger.target === target);
    if (!found) throw new NotFoundException(`target ${target} is not served here: there are ${this.names || 'none'}`);
    return found;
  }

  private get names(): string {
    return this.ledgers.map(({ target }) => target).join(', ');
  }
}
