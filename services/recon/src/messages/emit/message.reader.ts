import { Injectable } from '@nestjs/common';
import { headers, schemaOf, topics } from '@tributary/contracts';
import type { MessageRecordView, MessageView } from '@tributary/contracts';
import { definitionOf } from '@tributary/messaging';
import { EventTranslator } from '../../desk/emit/event-translator.js';
import { OrderRefusedError } from '../../desk/emit/order.errors.js';
import { PayloadReader } from '../../desk/emit/payload.reader.js';
import { messageFields } from '../decide/message-fields.js';
import { MessageFinder } from './message-finder.js';
import type { FoundRecord } from './message-finder.js';
import { MessageRepository } from './message.repository.js';
import { SchemaVersions } from './schema-versions.js';

type StoredRecord = NonNullable<FoundRecord['record']>;
type Shown = Pick<MessageRecordView, 'schema' | 'fields' | 'cut' | 'body' | 'problem'>;

const nothing: Shown = { schema: null, fields: [], cut: false, body: null, problem: null };
/** Longest body of a raw event on a page, characters. */
const longestBody = 400_000;

/** Reads one message of a topic and decodes it with the schema it was written with. */
@Injectable()
export class MessageReader {
  constructor(
    private readonly finder: MessageFinder,
    private readonly messages: MessageRepository,
    private readonly payloads: PayloadReader,
    private readonly versions: SchemaVersions,
    private readonly translator: EventTranslator,
  ) {}

  /** @param mayRead whether whoever asks may read what stands in messages; else texts are masked. */
  async read(message: MessageView, mayRead: boolean): Promise<MessageRecordView> {
    const erased = await this.messages.isErased(message.eventId);
    const texts = mayRead && !erased;
    const { record, problem } = await this.finder.find(message);
    if (!record) {
      const translated = message.kind === 'canonical' ? await this.translatedAgain(message, texts) : undefined;
      return {
        ...place(message),
        ...nothing,
        ...translated,
        source: translated ? 'translation' : 'none',
        problem: problem ?? null,
        masked: !texts,
      };
    }
    const shown = await this.decoded(message, record, texts);
    const why =
      erased && mayRead
        ? { code: 'message.erased', text: 'The customer was erased: texts about people are shown to nobody any more.' }
        : shown.problem;
    return { ...place(message), ...placed(record), ...shown, source: 'topic', problem: why, masked: !texts };
  }

  /** The bytes of the raw event that a message comes from. */
  async rawEvent(
    message: MessageView,
  ): Promise<{ readonly bytes: Buffer | null; readonly problem: { code: string; text: string } | undefined }> {
    const raw: MessageView = { ...message, kind: 'raw', id: message.eventId, topic: topics.stripeEvents };
    const { record, problem } = await this.finder.find(raw);
    return { bytes: record?.value ?? null, problem };
  }

  private async decoded({ kind, topic, type }: MessageView, record: StoredRecord, texts: boolean): Promise<Shown> {
    const bytes = record.value ?? Buffer.alloc(0);
    if (kind === 'raw') return { ...nothing, body: texts ? bodyText(bytes) : null, cut: bytes.byteLength > longestBody };
    const { writer, value, problem } = await this.payloads.read(type, bytes);
    if (!writer) return { ...nothing, problem: { code: 'message.unreadable', text: problem ?? 'It has no schema.' } };
    const schema = await this.versions.of(writer, topic);
    if (problem !== undefined) return { ...nothing, schema, problem: { code: 'message.unreadable', text: problem } };
    return { ...nothing, schema, ...messageFields(writer.schema, value, texts) };
  }

  /** What transform makes of the raw event now: the ids of facts are derived, so the same fact has the same id. */
  private async translatedAgain(message: MessageView, texts: boolean): Promise<Partial<Shown> | undefined> {
    const { bytes } = await this.rawEvent(message);
    if (!bytes) return undefined;
    try {
      const { facts } = await this.translator.translate(bytes);
      const fact = facts.find(({ eventId }) => eventId === message.id);
      const record = definitionOf(fact?.eventType ?? '')?.record;
      if (!fact || record === undefined) return undefined;
      const schema = schemaOf(record);
      return {
        ...messageFields(schema, fact.value, texts),
        schema: { id: null, record, subject: null, version: null, compatibility: null, current: true },
      };
    } catch (error) {
      if (error instanceof OrderRefusedError) return undefined; // the page says why there is no record
      throw error;
    }
  }
}

const place = ({
  topic,
}: MessageView): Pick<MessageRecordView, 'topic' | 'partition' | 'offset' | 'key' | 'writtenAt' | 'bytes' | 'headers'> => ({
  ...{ topic, partition: null, offset: null, key: null, writtenAt: null, bytes: null, headers: [] },
});

function placed(record: StoredRecord): Pick<MessageRecordView, 'partition' | 'offset' | 'key' | 'writtenAt' | 'bytes' | 'headers'> {
  return {
    ...{ partition: record.partition, offset: record.offset.toString(), key: record.key?.toString('utf8') ?? null },
    ...{ writtenAt: new Date(record.timestamp).toISOString(), bytes: record.value?.byteLength ?? 0 },
    headers: Object.entries(record.headers).map(([name, value]) => ({ name, value: headerOf(name, value) })),
  };
}

/** A seal is a secret's work: that there is one is enough to say. */
function headerOf(name: string, value: unknown): string {
  if (name === headers.seal || name === headers.orderSeal) return 'present';
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return last === undefined || last === null ? '' : String(last as Buffer | string);
}

/** The stored bytes as text: pretty where they are JSON. */
function bodyText(bytes: Buffer): string {
  const text = bytes.subarray(0, longestBody).toString('utf8');
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
