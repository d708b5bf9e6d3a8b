import { Inject, Injectable } from '@nestjs/common';
import { headers } from '@tributary/contracts';
import type { MessageView } from '@tributary/contracts';
import { RecordGoneError } from '@tributary/messaging';
import type { RecordReader } from '@tributary/messaging';
import { goneText } from '../decide/message-texts.js';
import { MessageRepository } from './message.repository.js';

/** Injection token of {@link RecordAccess}. */
export const RECORD_ACCESS = Symbol('RecordAccess');

/** What recon may read of Kafka beside its consumers. */
export interface RecordAccess {
  readonly records: Pick<RecordReader, 'at' | 'find'>;
  /** Topics that recon may read (docs/acls.md). */
  readonly readable: ReadonlySet<string>;
  readonly targets: readonly string[];
}

type Found = Awaited<ReturnType<RecordReader['find']>>;

/** A record, or why there is none to show. */
export type FoundRecord =
  | { readonly record: NonNullable<Found>; readonly problem: undefined }
  | { readonly record: undefined; readonly problem: { readonly code: string; readonly text: string } };

/** A record is written at most so long before and after the time that stands in it, ms: a broker that was away, a second try. */
const earlierMs = 15_000;
const laterMs = 15 * 60_000;

/** Finds the record of a message in its topic: raw events by their place, everything else by its id near the time that it was made. */
@Injectable()
export class MessageFinder {
  constructor(
    @Inject(RECORD_ACCESS) private readonly access: RecordAccess,
    private readonly messages: MessageRepository,
  ) {}

  /** Never throws for brokers that are away or refuse: the page says so. */
  async find(message: MessageView): Promise<FoundRecord> {
    const { topic } = message;
    if (!this.access.readable.has(topic))
      return none('message.topic-unreadable', `recon may not read ${topic}, so its record is not shown here (docs/acls.md).`);
    try {
      const record = message.kind === 'raw' ? await this.raw(message) : await this.near(message);
      return record ? { record, problem: undefined } : this.gone(topic);
    } catch (error) {
      if (error instanceof RecordGoneError) return this.gone(topic);
      const why = error instanceof Error ? error.message : String(error);
      return none('message.topic-silent', `Kafka did not give the record: ${why}. Try again in a moment.`);
    }
  }

  private gone(topic: string): FoundRecord {
    return none('message.gone', goneText(topic, this.access.targets));
  }

  private async raw({ eventId, topic }: MessageView): Promise<Found> {
    const place = await this.messages.placeOf(eventId);
    return place && this.access.records.at(topic, place.partition, place.offset);
  }

  private async near({ id, topic, at, eventId }: MessageView): Promise<Found> {
    const around = Date.parse(at ?? '');
    if (Number.isNaN(around)) return undefined;
    const place = await this.messages.placeOf(eventId);
    return this.access.records.find({
      ...{ topic, fromMs: around - earlierMs, toMs: around + laterMs },
      ...(place ? { first: place.partition } : {}), // the same key is in the same partition of most topics
      isIt: ({ headers: given }) => String(given[headers.id] ?? '') === id,
    });
  }
}

const none = (code: string, text: string): FoundRecord => ({ record: undefined, problem: { code, text } });
