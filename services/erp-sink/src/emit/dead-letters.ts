import { Inject, Injectable } from '@nestjs/common';
import { events, headers, topics } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import type { Publisher, RawRecord, WireCodec } from '@tributary/messaging';
import { PUBLISHER } from '@tributary/messaging';
import type { Conclusion, RequestOrigin, PendingDeadLetter } from './ledger/ledger-row.js';
import { rejectionCode } from './posting.errors.js';
import { CODEC, CONSUMER_GROUP, TARGET } from './tokens.js';

const longestText = 1_000;

/**
 * Writes dead letters of requests that only the ledger has: their offsets are committed, so libs/messaging cannot write them. The format is
 * that of libs/messaging, except that the value is encoded again and that the origin is absent when the ledger does not know it.
 */
@Injectable()
export class DeadLetters {
  constructor(
    @Inject(PUBLISHER) private readonly publisher: Publisher,
    @Inject(CODEC) private readonly codec: Pick<WireCodec, 'encode'>,
    @Inject(TARGET) private readonly target: string,
    @Inject(CONSUMER_GROUP) private readonly group: string,
  ) {}

  /** Resolves when all dead letters are durable. One that was written before may be written again: delivery is at least once. */
  async write(conclusions: readonly Conclusion[]): Promise<void> {
    const records = await Promise.all(
      conclusions.flatMap(({ deadLetter, ...conclusion }) => (deadLetter ? [this.record(conclusion, deadLetter)] : [])),
    );
    if (records.length > 0) await this.publisher.publishRaw(records);
  }

  private async record(conclusion: Conclusion, letter: PendingDeadLetter): Promise<RawRecord> {
    return letter.says === 'ended' && letter.origin
      ? this.givenBack(conclusion, letter.value, letter.origin)
      : this.dead(conclusion, letter);
  }

  /** A held request was concluded: its message is replayed, the ledger repeats the outcome, and the sequence continues. */
  private async givenBack({ event, recordKey, number }: Conclusion, value: PostingRequested, origin: RequestOrigin): Promise<RawRecord> {
    const topic = topics.postings(this.target);
    return {
      topic: topics.replay(topic, this.group),
      partition: origin.partition,
      key: Buffer.from(recordKey),
      value: await this.codec.encode(topic, events.postingRequested, value),
      headers: {
        ...origin.headers,
        [headers.originalTopic]: topic,
        [headers.originalPartition]: String(origin.partition),
        [headers.originalOffset]: origin.offset,
        [headers.order]: `ended:${event.requestId}:${number}`,
        [headers.orderAction]: 'replay',
        [headers.orderReason]: `its end was found out: ${event.result}`,
      },
    };
  }

  private async dead({ event, recordKey }: Conclusion, { value, origin, says, field }: PendingDeadLetter): Promise<RawRecord> {
    const topic = topics.postings(this.target);
    const code = event.code ?? 'unknown';
    const at = new Date(event.concludedAt).toISOString();
    return {
      topic: topics.deadLetters(topic, this.group),
      key: Buffer.from(recordKey),
      value: await this.codec.encode(topic, events.postingRequested, value),
      headers: {
        [headers.id]: event.requestId,
        [headers.type]: events.postingRequested.type,
        [headers.sequence]: value.sequence,
        [headers.sourceEvent]: value.sourceEventId,
        ...origin?.headers,
        [headers.errorCode]: says === 'held' ? code : rejectionCode(code),
        ...(says === 'held' ? { [headers.disposition]: 'hold' } : {}),
        [headers.errorText]: `posting ${event.postingKey}: ${code}: ${event.text ?? ''}`.slice(0, longestText),
        [headers.errorContext]: JSON.stringify({
          postingKey: event.postingKey,
          targetCode: code,
          ...(field === undefined ? {} : { field }),
        }),
        [headers.originalTopic]: topic,
        ...(origin ? { [headers.originalPartition]: String(origin.partition), [headers.originalOffset]: origin.offset } : {}),
        [headers.consumerGroup]: this.group,
        [headers.attempts]: String(event.attempts),
        [headers.firstFailureAt]: at,
        [headers.lastFailureAt]: at,
      },
    };
  }
}
