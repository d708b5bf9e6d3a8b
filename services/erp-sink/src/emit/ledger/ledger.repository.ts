import { Inject, Injectable } from '@nestjs/common';
import type { ErpConnector } from '@tributary/connector-kit';
import { inTwoTrips, payloadsOf } from '@tributary/persistence';
import type { Decided } from '@tributary/persistence';
import { neededKeys } from '@tributary/posting';
import type { Posting } from '@tributary/posting';
import type { DataSource, EntityManager } from 'typeorm';
import type { Composed } from '../../decide/document.js';
import { decideStep, isCertainlyAbsent, neededReferences } from '../../decide/step-postings.js';
import type { DecidedStep, IoEffect, KnownReferences, LockedRow, WantedStep } from '../../decide/step-postings.js';
import type { Settled } from './group-commit.js';
import { AssignedBatches } from '../batches/assigned-batches.js';
import { DocumentComposer } from './document-composer.js';
import { writtenRow } from './ledger-row.js';
import type { Conclusion, LedgerRow, StoredRequest } from './ledger-row.js';
import { Lease, startStopwatch } from '../../call-deadline.js';
import type { Stopwatch } from '../../call-deadline.js';
import { OutcomeRepository, outcomeWrites } from './outcome.repository.js';
import { rowWrites, takenError } from './row-writes.js';
import { StepReads } from './step-reads.js';
import type { ReadSteps } from './step-reads.js';
import { CONNECTOR, POSTING_POLICY, TARGET } from '../tokens.js';
import type { PolicyOf } from '../../policies.js';
import type { OutcomeUnitOfWork } from './outcome-unit-of-work.js';

/** What one step wrote, and what it asks for. */
export interface StepResult {
  readonly row: LedgerRow;
  /** The effect to act on, when there is one. */
  readonly next: IoEffect | undefined;
  /** Outcomes that the step recorded, in order. */
  readonly conclusions: readonly Conclusion[];
  /** For `post`: what to send. */
  readonly composed: Composed | undefined;
  /** Lease of the claim under which the effect is carried out. */
  readonly lease: Lease;
}

/**
 * Takes the steps of some postings in one transaction: locks their rows (step-reads.ts), decides each step (decide/step-postings.ts), and writes
 * rows and outcomes under the fences that were read (row-writes.ts). The clock is PostgreSQL's: one for all pods.
 */
@Injectable()
export class LedgerRepository {
  constructor(
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(POSTING_POLICY) private readonly policyOf: PolicyOf,
    @Inject(TARGET) private readonly target: string,
    @Inject(DocumentComposer) private readonly composer: DocumentComposer,
    @Inject(AssignedBatches) private readonly assigned: AssignedBatches,
    @Inject(OutcomeRepository) private readonly outcomes: OutcomeRepository,
  ) {}

  /**
   * Takes one step of each posting, in a transaction of its own. @param group of different keys. @returns one result for each, in their order: a
   * step that cannot be taken writes nothing.
   */
  async take(database: DataSource, group: readonly WantedStep[]): Promise<Settled<StepResult>[]> {
    // Started before PostgreSQL's clock is read, so that a lease is never longer here than in the ledger.
    const asked = startStopwatch();
    const reads = new StepReads(group, this.target);
    try {
      return await inTwoTrips(database, reads.statements, async (rows, tx) =>
        this.steps(tx, group, await reads.of(tx, rows, this.outcomes), asked),
      );
    } catch (error) {
      throw takenError(error);
    }
  }

  private async steps(
    tx: EntityManager,
    group: readonly WantedStep[],
    { locked, outcomes, known }: ReadSteps,
    asked: Stopwatch,
  ): Promise<Decided<Settled<StepResult>[]>> {
    const waiting = group.flatMap((wanted) => wanted.waits(locked.get(wanted.key)?.row.stored) ?? []);
    await known.load(
      tx,
      waiting.flatMap(({ value }) => neededKeys(value)),
    );
    const decided = group.map((wanted) =>
      attempt(() => {
        const earlier = wanted.arrived && outcomes.of(wanted.arrived.requestId);
        return decideStep(wanted, locked.get(wanted.key) as LockedRow, earlier, known.standings, this.policyOf);
      }),
    );
    await known.load(
      tx,
      decided.flatMap((one) => (one.ok ? neededReferences(one.value) : [])),
    );

    const rows: object[] = [];
    const value: Settled<StepResult>[] = [];
    for (const one of decided)
      value.push(one.ok ? await this.result(tx, one.value, { outcomes, references: known.references, asked, rows }) : one);
    return { value, writes: [...rowWrites(rows), ...outcomeWrites(outcomes, payloadsOf(tx))] };
  }

  /**
   * Composes the document, chooses its batch and records the outcomes of one decided step. An error of PostgreSQL is thrown and ends the
   * transaction; a document that cannot be composed fails this step only.
   */
  private async result(
    tx: EntityManager,
    decided: DecidedStep,
    { outcomes, references, asked, rows }: { outcomes: OutcomeUnitOfWork; references: KnownReferences; asked: Stopwatch; rows: object[] },
  ): Promise<Settled<StepResult>> {
    const { wanted, row, now, posting, effects, next, stored, setAside, prerequisites, waitingSince } = decided;
    let composed: Composed | undefined;
    let { batchId } = row;
    let postingDate = wanted.postingDate ?? row.postingDate;
    if (next?.kind === 'post') {
      const document = attempt(() => this.composer.compose(decided, references));
      if (!document.ok) return document;
      ({ composed, postingDate } = document.value);
      ({ composed, batchId } = await this.composer.enter(tx, decided, composed));
    } else if (isCertainlyAbsent(posting)) [batchId, postingDate] = [undefined, undefined];
    else if (effects.some((effect) => effect.kind === 'conclude' && effect.result === 'adopted'))
      batchId = this.batchOfAdopted(posting, stored, batchId);

    const saved: LedgerRow = { ...row, posting, stored, setAside, batchId, postingDate, prerequisites, waitingSince };
    const after: LedgerRow = { ...saved, batchId: (await this.assigned.record(tx, saved, now)) ?? batchId };
    return attempt(() => {
      const conclusions = outcomes.conclude({ before: row, after, arrived: wanted.arrived, due: wanted.due }, effects, now);
      const text = effects.flatMap((effect) => ('text' in effect && effect.text !== undefined ? [effect.text] : [])).at(-1);
      if (posting !== row.posting) rows.push(writtenRow(payloadsOf(tx), row, after, text));
      return { row: after, next, composed, lease: new Lease(asked, posting.leaseUntil - now), conclusions };
    });
  }

  /** The batch of a document. An adopted document may have been entered by an earlier call, in another batch than the last one. */
  private batchOfAdopted(posting: Posting, stored: StoredRequest | undefined, batchId: string | undefined): string | undefined {
    const entered = posting.reference && stored && this.connector.batchIdOf?.(stored.value.kind, posting.reference);
    return entered === undefined || entered === '' ? batchId : entered;
  }
}

function attempt<T>(work: () => T): Settled<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}
