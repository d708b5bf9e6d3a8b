import type { Effect } from '@tributary/posting';
import type { Outcome, Row, SimDatabase, Stored } from './database.js';
import type { Host, Process } from './engine.js';
import type { SimRequest } from './sim-request.js';
import type { World } from './world.js';

/** How a posting request ended, as it is recorded. */
export interface Conclusion {
  readonly result: string;
  readonly code?: string;
  readonly text?: string;
}

/** Imitates services/erp-sink's outcome repository: records outcomes, and those that are still to be published. */
export class SimOutcomes {
  constructor(
    private readonly world: World,
    private readonly database: SimDatabase,
  ) {}

  /** Records what a step concluded. @returns the outcomes to publish. */
  conclude(before: Row, after: Row, arrived: Stored | undefined, due: boolean, effects: readonly Effect[], now: number): Outcome[] {
    const conclusions: Outcome[] = [];
    for (const effect of effects) {
      if (effect.kind === 'repeat' && arrived) conclusions.push(this.database.outcomes.get(arrived.request.requestId) as Outcome);
      if (effect.kind !== 'conclude') continue;
      const request = [arrived, after.stored, before.stored, before.setAside].find((one) => one?.request.requestId === effect.requestId);
      if (!request) throw new TypeError(`concluding request ${effect.requestId} of ${after.key}: the ledger does not have it`);
      const own = (arrived ?? before.stored ?? after.stored)?.request.requestId === effect.requestId;
      this.checkConclusion(before, request.request, effect);
      conclusions.push(this.record(request, effect, after.posting.reference?.['id'], own ? due : true, now));
    }
    return conclusions;
  }

  /** Records one outcome. An identical one creates no new revision. @param due whether the sweeper has to publish it. */
  record(stored: Stored, conclusion: Conclusion, reference: string | undefined, due: boolean, now: number): Outcome {
    const { outcomes } = this.database;
    const { request } = stored;
    const earlier = outcomes.get(request.requestId);
    const { result, code, text } = conclusion;
    if (earlier?.digest === request.digest && earlier.result === result && earlier.code === code && earlier.text === text) return earlier;
    const outcome: Outcome = {
      requestId: request.requestId,
      number: (earlier?.number ?? -1) + 1,
      result,
      digest: request.digest,
      code,
      text,
      due,
      concludedAt: Math.max(now, earlier?.concludedAt ?? 0),
      reference,
      deadLetter: due ? pendingDeadLetterOf(result, earlier?.result, stored) : undefined,
    };
    outcomes.set(request.requestId, outcome);
    return outcome;
  }

  *due(host: Host): Process<Outcome[]> {
    return yield* this.database.transaction(host, 'reading unpublished outcomes', () =>
      [...this.database.outcomes.values()].filter(({ due }) => due),
    );
  }

  *published(host: Host, conclusions: readonly Outcome[]): Process {
    yield* this.database.transaction(host, 'recording published outcomes', () => {
      for (const { requestId, number } of conclusions) {
        const outcome = this.database.outcomes.get(requestId);
        if (outcome?.number === number) this.database.outcomes.set(requestId, { ...outcome, due: false, deadLetter: undefined });
      }
    });
  }

  /** I4: equal is not older: only a version known to be newer makes a request stale. */
  private checkConclusion({ posting }: Row, request: SimRequest, { result, text }: Extract<Effect, { kind: 'conclude' }>): void {
    const { checks } = this.world;
    if (result === 'stale' && !text?.includes('takes its place')) {
      const stored = posting.request?.protocol === 'versioned-upsert' ? posting.request.version : 0n;
      checks.that(
        'I4',
        posting.version > request.version || stored > request.version,
        () => `${request.postingKey}: version ${request.version} is called stale, known is ${posting.version}`,
      );
    }
    checks.that('I8', !(text ?? '').includes('sk_'), () => `${request.postingKey}: an outcome carries a secret`);
  }
}

/** The dead letter to write, or to close, when the offset of the request is committed and libs/messaging can no longer do it. */
function pendingDeadLetterOf(result: string, before: string | undefined, stored: Stored): Outcome['deadLetter'] {
  if (result === 'rejected' || result === 'held') return { ...stored, status: result };
  return before === 'held' && result !== 'waiting' ? { ...stored, status: 'ended' } : undefined;
}
