import { Inject, Injectable } from '@nestjs/common';
import { DatabaseUnavailableError, withDatabase } from '@tributary/persistence';
import type { Decision, Input } from '@tributary/posting';
import { DataSource } from 'typeorm';
import { GroupCommit } from './group-commit.js';
import { protocolRequest } from './protocol-request.js';
import type { StoredRequest } from './ledger-row.js';
import { LedgerRepository } from './ledger.repository.js';
import type { WantedStep } from '../../decide/step-postings.js';
import type { StepResult } from './ledger.repository.js';

/** Largest number of steps in one transaction. More would lock their rows longer and save nothing. */
const mostPerTransaction = 64;
/** Transactions at once: while one is in PostgreSQL, this process decides the steps of another one. With one, waves are larger and a backlog takes longer. */
const transactionsAtOnce = 2;

const nothing = (): undefined => undefined;

/**
 * The posting ledger: every method is one step of one posting, durable when it resolves. Steps that are wanted at the same moment share a
 * transaction (group commit, ADR 0013); ledger.repository.ts holds the SQL. All methods throw DatabaseUnavailableError when PostgreSQL does not
 * answer.
 */
@Injectable()
export class PostingLedger {
  private readonly group: GroupCommit<WantedStep, StepResult>;

  constructor(@Inject(DataSource) database: DataSource, @Inject(LedgerRepository) steps: LedgerRepository) {
    this.group = new GroupCommit<WantedStep, StepResult>((wanted) => withDatabase(doing(wanted), () => steps.take(database, wanted)), {
      keyOf: ({ key }) => key,
      most: mostPerTransaction,
      atOnce: transactionsAtOnce,
      isEveryones: (error) => error instanceof DatabaseUnavailableError,
    });
  }

  /** A request arrived from Kafka. @param ordered an operator replays it. */
  async arrive(arrived: StoredRequest, ordered = false): Promise<StepResult> {
    const { postingKey: key, kind } = arrived.value;
    const request = protocolRequest(arrived);
    return this.group.do({
      key,
      kind,
      arrived,
      due: false,
      waits: () => arrived,
      waitsAnew: ordered,
      input: ({ missing, neverAsked }, earlier) => ({
        kind: 'requested',
        request,
        missing,
        neverAsked,
        earlier: earlier && { result: earlier.event.result, digest: earlier.digest },
        ordered,
      }),
    });
  }

  /** An operator decided about a request. */
  async decide(arrived: StoredRequest, decision: Decision, text: string): Promise<StepResult> {
    const { postingKey: key, kind } = arrived.value;
    const request = protocolRequest(arrived);
    return this.group.do({
      key,
      kind,
      arrived,
      due: false,
      waits: nothing,
      input: () => ({ kind: 'decided', request, decision, text }),
    });
  }

  /** The sweeper asks whether a stored posting can continue. */
  resume(key: string): Promise<StepResult> {
    return this.group.do({
      key,
      due: true,
      waits: (stored) => stored,
      input: ({ missing, neverAsked }) => ({ kind: 'resumed', missing, neverAsked }),
    });
  }

  /**
   * Records the result of a call or a lookup.
   * @param known the request of the posting, as the step before returned it.
   * @param due outcomes are published from the ledger, because no redelivery would publish them.
   */
  report(
    key: string,
    input: Exclude<Input, { kind: 'requested' | 'resumed' }>,
    { due, known }: { due: boolean; known?: StoredRequest | undefined },
  ): Promise<StepResult> {
    const postingDate = input.kind === 'answered' && 'postingDate' in input.answer ? input.answer.postingDate : undefined;
    return this.group.do({ key, due, known, postingDate, waits: nothing, input: () => input });
  }
}

function doing(wanted: readonly WantedStep[]): string {
  const [first] = wanted;
  const what = `${first?.arrived ? 'taking' : 'recording'} posting ${first?.key}`;
  return wanted.length === 1 ? what : `${what} and ${wanted.length - 1} more`;
}
