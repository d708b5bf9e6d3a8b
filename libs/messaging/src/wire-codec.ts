import type { EventDefinition } from '@tributary/contracts';
import { ContractError, decodeAvro, encodeAvro, events, schemaOf } from '@tributary/contracts';
import { PoisonMessageError, UnencodableMessageError } from './errors.js';
import type { SchemaIds } from './schema-ids.js';

const magicByte = 0;
const prefixBytes = 5;

const definitions = new Map<string, EventDefinition<unknown>>(Object.values(events).map((definition) => [definition.type, definition]));

/** JSON texts of the schemas that are written here, by record. */
const schemaTexts = new Map<string, string>();

function schemaText(record: NonNullable<EventDefinition<unknown>['record']>): string {
  let text = schemaTexts.get(record);
  if (text === undefined) schemaTexts.set(record, (text = JSON.stringify(schemaOf(record))));
  return text;
}

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
    const id = await this.ids.idOf(`${topic}-${event.record}`, schemaText(event.record));
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
