import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import type { EventDefinition } from '@tributary/contracts';
import { ContractError, decodeAvro, encodeAvro, events, schemaOf } from '@tributary/contracts';
import { PoisonMessageError, RegistryUnavailableError, SchemaNotRegisteredError, UnencodableMessageError } from './errors.js';

const magicByte = 0;
const prefixBytes = 5;

/** Schema lookups. Services never register a schema. */
export interface SchemaIds {
  /** Id under which exactly this schema is registered for the subject. @throws {SchemaNotRegisteredError | RegistryUnavailableError} */
  idOf(subject: string, schemaJson: string): Promise<number>;
  /**
   * JSON text of the schema with that id.
   * @param record the reader's record: only a registry that knows some schema of it is believed that an id is unknown.
   * @throws {PoisonMessageError} when the registry has none; {RegistryUnavailableError} when it does not answer, or has not finished loading its schemas.
   */
  schemaJson(id: number, record?: string): Promise<string>;
}

const subjectsWithinMs = 5_000;

/** A Confluent-compatible registry over HTTP. */
export class RegistrySchemaIds implements SchemaIds {
  private readonly registry: SchemaRegistry;
  private readonly ids = new Map<string, Promise<number>>();
  /** One text per id: decoders keep their readers by it. */
  private readonly texts = new Map<string, Promise<string>>();

  constructor(private readonly url: string) {
    this.registry = new SchemaRegistry({ host: url, retry: { retries: 3, initialRetryTimeInSecs: 0.2, maxRetryTimeInSecs: 2 } });
  }

  idOf(subject: string, schemaJson: string): Promise<number> {
    return cached(this.ids, subject, async () => {
      try {
        return await this.registry.getRegistryIdBySchema(subject, { type: SchemaType.AVRO, schema: schemaJson });
      } catch (error) {
        throw this.problem(
          `looking up the schema of ${subject}`,
          error,
          () =>
            new SchemaNotRegisteredError(
              `looking up the schema of ${subject}: the registry at ${this.url} does not know it as it is here. Run: npm run contracts:register`,
              { subject },
            ),
        );
      }
    });
  }

  schemaJson(id: number, record?: string): Promise<string> {
    return cached(this.texts, String(id), async () => {
      try {
        return await this.read(id);
      } catch (error) {
        if (!(error instanceof PoisonMessageError)) throw error;
        // A registry that has just started answers before it has loaded its schemas, and then knows none of them.
        if (!(await this.knowsRecord(record))) {
          throw new RegistryUnavailableError(
            `reading schema ${id}: the registry at ${this.url} has no schema of ${record ?? 'anything'}: it has not loaded its schemas yet, or it is another one`,
            { schemaId: String(id) },
            { cause: error },
          );
        }
        return this.read(id); // it may have loaded it between the two questions
      }
    });
  }

  private async read(id: number): Promise<string> {
    try {
      // As it was registered: what the library makes of it has lost its logical types, and with them which longs are exact.
      const response = await fetch(`${this.url}/schemas/ids/${id}`, { signal: AbortSignal.timeout(subjectsWithinMs) });
      if (!response.ok) throw Object.assign(new Error(`HTTP ${response.status}`), { status: response.status });
      return ((await response.json()) as { schema: string }).schema;
    } catch (error) {
      const unknown = (): Error =>
        new PoisonMessageError(`reading schema ${id}: the registry at ${this.url} has no schema with that id`, { schemaId: String(id) });
      throw this.problem(`reading schema ${id}`, error, unknown);
    }
  }

  /** Whether the registry knows some schema of the record: only then is "no such id" about the message. */
  private async knowsRecord(record: string | undefined): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/subjects`, { signal: AbortSignal.timeout(subjectsWithinMs) });
      const subjects = response.ok ? ((await response.json()) as unknown) : undefined;
      return Array.isArray(subjects) && subjects.some((subject) => record === undefined || String(subject).endsWith(`-${record}`));
    } catch {
      return false;
    }
  }

  private problem(doing: string, error: unknown, unknown: () => Error): Error {
    // Of a schema that is not there the library makes an error of its own, without the status.
    const { status, name } = error as { status?: number; name?: string };
    if (status === 404 || name === 'ConfluentSchemaRegistryError') return unknown();
    return new RegistryUnavailableError(
      `${doing}: the registry at ${this.url} does not answer (${error instanceof Error ? error.message : String(error)})`,
      {},
      { cause: error },
    );
  }
}

/** Caches successes only: a failed lookup is repeated. */
function cached<T>(cache: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known) return known;
  const asked = ask();
  cache.set(key, asked);
  asked.catch(() => cache.delete(key));
  return asked;
}

const definitions = new Map<string, EventDefinition<unknown>>(Object.values(events).map((definition) => [definition.type, definition]));

/** The catalogue's entry for a `ce_type`, or undefined. */
export function definitionOf(type: string): EventDefinition<unknown> | undefined {
  return definitions.get(type);
}

/**
 * Values to bytes and back: raw events pass unchanged, all others are Avro behind Confluent's prefix (a zero byte, four bytes of
 * schema id), under TopicRecordNameStrategy.
 */
export class WireCodec {
  constructor(private readonly ids: SchemaIds) {}

  /**
   * @param onRepaired called with the number of texts that were no well-formed UTF-16 and were repaired, when there are any.
   * @throws {UnencodableMessageError} when the value does not fit; {SchemaNotRegisteredError}; {RegistryUnavailableError}.
   */
  async encode(
    topic: string,
    event: EventDefinition<unknown>,
    value: unknown,
    onRepaired?: (texts: number) => void,
  ): Promise<Buffer | null> {
    if (value === null) return null;
    if (event.record === undefined) {
      if (value instanceof Uint8Array || Buffer.isBuffer(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      throw new UnencodableMessageError(`encoding ${event.type}: a raw event takes bytes`, { type: event.type });
    }
    const id = await this.ids.idOf(`${topic}-${event.record}`, JSON.stringify(schemaOf(event.record)));
    let body: Uint8Array;
    try {
      body = encodeAvro(event.record, value, onRepaired);
    } catch (error) {
      throw new UnencodableMessageError(
        error instanceof ContractError ? error.message : `encoding ${event.type}`,
        { type: event.type },
        { cause: error },
      );
    }
    const framed = Buffer.allocUnsafe(prefixBytes + body.byteLength);
    framed.writeUInt8(magicByte, 0);
    framed.writeUInt32BE(id, 1);
    framed.set(body, prefixBytes);
    return framed;
  }

  /** @throws {PoisonMessageError} for bytes that are not that event; {RegistryUnavailableError}. */
  async decode(event: EventDefinition<unknown>, bytes: Buffer | null): Promise<unknown> {
    if (bytes === null) return null;
    if (event.record === undefined) return bytes;
    if (bytes.byteLength < prefixBytes || bytes.readUInt8(0) !== magicByte) {
      throw new PoisonMessageError(
        `decoding ${event.type}: the ${bytes.byteLength} bytes do not start with the prefix of a registered schema`,
        { type: event.type },
      );
    }
    const writer = await this.ids.schemaJson(bytes.readUInt32BE(1), event.record);
    try {
      return decodeAvro(event.record, bytes.subarray(prefixBytes), writer);
    } catch (error) {
      throw new PoisonMessageError(
        error instanceof ContractError ? error.message : `decoding ${event.type}`,
        { type: event.type },
        { cause: error },
      );
    }
  }
}

/** Ids of a test: every schema of the language is known, no registry is asked. */
export class InMemorySchemaIds implements SchemaIds {
  private readonly schemas: string[] = [];

  async idOf(_subject: string, schemaJson: string): Promise<number> {
    const known = this.schemas.indexOf(schemaJson);
    return known >= 0 ? known + 1 : this.schemas.push(schemaJson);
  }

  async schemaJson(id: number): Promise<string> {
    const schema = this.schemas[id - 1];
    if (schema === undefined)
      throw new PoisonMessageError(`reading schema ${id}: there is no schema with that id`, { schemaId: String(id) });
    return schema;
  }
}
