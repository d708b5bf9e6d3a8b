import { Inject, Injectable } from '@nestjs/common';
import type { PostingConcluded } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { supersededText } from '@tributary/posting';
import type { Effect } from '@tributary/posting';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { UnwrittenDeadLetter } from './dead-letters.js';
import { toLedgerJson } from './ledger-json.js';
import { conclusionOf } from './ledger-row.js';
import type { Conclusion, LedgerRow, RawOutcome, StoredRequest } from './ledger-row.js';
import { TARGET } from './tokens.js';

export interface StepWords {
  readonly before: LedgerRow;
  readonly after: LedgerRow;
  /** The request that has just arrived, when it was one. */
  readonly arrived: StoredRequest | undefined;
  readonly due: boolean;
}

/**
 * How every request ended, in words that can be said again: the answer to a redelivered request, and what is still to be published
 * when no message will ask for it (`due`).
 */
@Injectable()
export class OutcomeRepository {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /** Records what a step concludes, in its transaction. */
  async conclude(tx: EntityManager, words: StepWords, effects: readonly Effect[], now: number): Promise<Conclusion[]> {
    const { before, after, arrived, due } = words;
    const conclusions: Conclusion[] = [];
    for (const effect of effects) {
      if (effect.kind === 'repeat' && arrived) conclusions.push(await this.repeat(tx, arrived, effect.superseded, now));
      if (effect.kind !== 'conclude') continue;
      const request = [arrived, after.stored, before.stored].find((one) => one?.requestId === effect.requestId);
      if (!request) throw new TypeError(`concluding request ${effect.requestId} of ${after.key}: the ledger does not have it`);
      if (effect.text === supersededText) await this.flagSuperseded(tx, after.key);
      // Of a displaced request no message comes again.
      const own = arrived === undefined || arrived.requestId === effect.requestId;
      conclusions.push(await this.say(tx, request, concludedOf(request, after, effect, now), own ? due : true));
    }
    return conclusions;
  }

  /** Records a conclusion. Saying the same again is not another word. */
  async say(tx: EntityManager, request: StoredRequest, event: PostingConcluded, due: boolean): Promise<Conclusion> {
    const [raw] = await tx.query<RawOutcome[]>('select * from erp_sink.outcome where request_id = $1 for update', [request.requestId]);
    const earlier = raw && conclusionOf(raw);
    const { digest } = request.value;
    if (earlier?.digest === digest && isSameWord(earlier.event, event)) return earlier;
    const number = (earlier?.number ?? -1) + 1;
    // Readers let the newest word stand, by its time: within one request time never goes back.
    const concludedAt = Math.max(event.concludedAt, earlier?.event.concludedAt ?? 0);
    // Refused in a sweep: nobody else writes the dead letter (I2).
    const deadLetter = due ? letterOf(event, earlier?.event.result, request) : undefined;
    const conclusion: Conclusion = { event: { ...event, concludedAt }, recordKey: request.recordKey, number, digest, deadLetter };
    await tx.query(
      `insert into erp_sink.outcome
         (request_id, posting_key, target, number, result, digest, event, record_key, due, concluded_at, dead_letter)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (request_id) do update set number = excluded.number, result = excluded.result, digest = excluded.digest,
         event = excluded.event, record_key = excluded.record_key, due = excluded.due, concluded_at = excluded.concluded_at, dead_letter = excluded.dead_letter`,
      [
        request.requestId,
        event.postingKey,
        event.target,
        number,
        event.result,
        digest,
        toLedgerJson(conclusion.event),
        request.recordKey,
        due,
        new Date(concludedAt),
        deadLetter ? toLedgerJson(deadLetter) : null,
      ],
    );
    return conclusion;
  }

  /** Conclusions that are recorded and not yet published, oldest first. */
  async due(limit: number): Promise<Conclusion[]> {
    const rows = await withDatabase('reading what is to be published', () =>
      this.database.query<RawOutcome[]>('select * from erp_sink.outcome where due and target = $1 order by concluded_at limit $2', [
        this.target,
        limit,
      ]),
    );
    return rows.map(conclusionOf);
  }

  /** They are durable in Kafka. A newer word said meanwhile stays due. */
  async published(conclusions: readonly Conclusion[]): Promise<void> {
    await withDatabase('recording what is published', async () => {
      for (const { event, number } of conclusions)
        await this.database.query('update erp_sink.outcome set due = false, dead_letter = null where request_id = $1 and number = $2', [
          event.requestId,
          number,
        ]);
    });
  }

  /** The same words as before; when the fields changed meanwhile, also that. */
  private async repeat(tx: EntityManager, request: StoredRequest, superseded: boolean, now: number): Promise<Conclusion> {
    const [raw] = await tx.query<RawOutcome[]>('select * from erp_sink.outcome where request_id = $1', [request.requestId]);
    const conclusion = conclusionOf(raw as RawOutcome);
    if (!superseded || conclusion.event.text === supersededText) return conclusion;
    await this.flagSuperseded(tx, request.value.postingKey);
    const asPosted: StoredRequest = { ...request, value: { ...request.value, digest: conclusion.digest } };
    return this.say(tx, asPosted, { ...conclusion.event, text: supersededText, concludedAt: now }, false);
  }

  private async flagSuperseded(tx: EntityManager, key: string): Promise<void> {
    await tx.query('update erp_sink.posting set superseded = true where posting_key = $1', [key]);
  }
}

/** What has to be said to those who work on dead letters, where no message is there any more that libs/messaging could say it of. */
export function letterOf(
  event: PostingConcluded,
  before: string | undefined,
  { value, origin }: StoredRequest,
): UnwrittenDeadLetter | undefined {
  if (event.result === 'rejected' || event.result === 'held') return { value, origin: origin ?? null, says: event.result };
  // It waited among the dead letters, with its sequence behind it: both can go on.
  return (before === 'held' || before === 'rejected') && event.result !== 'waiting' && origin
    ? { value, origin, says: 'ended' }
    : undefined;
}

function isSameWord(a: PostingConcluded, b: PostingConcluded): boolean {
  return a.result === b.result && a.code === b.code && a.text === b.text;
}

const withDocument = new Set(['posted', 'adopted', 'updated', 'duplicate', 'stale']);

function concludedOf(request: StoredRequest, row: LedgerRow, effect: Extract<Effect, { kind: 'conclude' }>, now: number): PostingConcluded {
  const { postingKey, target, kind, canonicalEventId, sourceEventId, sequence, amount } = request.value;
  return {
    requestId: request.requestId,
    postingKey,
    target,
    kind,
    result: effect.result,
    canonicalEventId,
    sourceEventId,
    sequence,
    reference: withDocument.has(effect.result) && row.posting.reference ? { ...row.posting.reference } : null,
    amount,
    code: effect.code ?? null,
    text: effect.text ?? null,
    attempts: row.posting.attempts,
    concludedAt: now,
  };
}
