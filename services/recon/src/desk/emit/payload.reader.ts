import { Inject, Injectable } from '@nestjs/common';
import type { AvroRecord } from '@tributary/contracts';
import { avroTypeOf, fullNameOf } from '@tributary/contracts';
import type { SchemaIds } from '@tributary/messaging';
import { definitionOf, PoisonMessageError } from '@tributary/messaging';

/** Injection token: client of the schema registry. */
export const SCHEMA_IDS = Symbol('SchemaIds');

const prefixBytes = 5;

/** The decoded bytes of a message. */
export interface ReadPayload {
  /** Schema with which the bytes were written, and its id in the registry; undefined for raw events, which are JSON. */
  readonly writer: { readonly id: number; readonly schema: AvroRecord } | undefined;
  /** The decoded value; undefined when the bytes cannot be decoded. */
  readonly value: unknown;
  /** Why the bytes cannot be decoded. */
  readonly problem: string | undefined;
}

/** Decodes and encodes dead letters with the schema they were written with, whatever its version. */
@Injectable()
export class PayloadReader {
  readonly prefixBytes = prefixBytes;
  /** Compiled schemas by id. A schema id never changes its meaning, so entries never expire. */
  private readonly types = new Map<number, ReturnType<typeof avroTypeOf>>();

  constructor(@Inject(SCHEMA_IDS) private readonly ids: SchemaIds) {}

  /** @throws {RegistryUnavailableError} while the registry does not answer. A defect of the bytes is returned as `problem`, not thrown. */
  async read(eventType: string | null, bytes: Buffer): Promise<ReadPayload> {
    const unreadable = (problem: string): ReadPayload => ({ writer: undefined, value: undefined, problem });
    const definition = eventType === null ? undefined : definitionOf(eventType);
    if (!definition) return unreadable(`the catalogue has no event ${eventType ?? '(no ce_type header)'}`);
    if (definition.record === undefined) return readJson(bytes);
    if (bytes.byteLength < prefixBytes || bytes.readUInt8(0) !== 0)
      return unreadable(`the ${bytes.byteLength} bytes do not start with the prefix of a registered schema`);
    const id = bytes.readUInt32BE(1);
    let schema: AvroRecord;
    try {
      schema = JSON.parse(await this.ids.schemaJson(id)) as AvroRecord;
    } catch (error) {
      if (error instanceof PoisonMessageError) return unreadable(error.message);
      throw error;
    }
    try {
      return { writer: { id, schema }, value: this.typeOf(id, schema).fromBuffer(bytes.subarray(prefixBytes)), problem: undefined };
    } catch {
      return { writer: { id, schema }, value: undefined, problem: `${bytes.byteLength} bytes do not hold a value of schema ${id}` };
    }
  }

  /** Version of a writer's schema among those of a topic; undefined when the registry does not say. */
  versionOf({ id, schema }: NonNullable<ReadPayload['writer']>, topic: string): Promise<number | undefined> {
    return this.ids.versionOf(id, `${topic}-${fullNameOf(schema)}`);
  }

  /** Encodes a value that was checked before, under the same schema id. */
  write(writer: ReadPayload['writer'], value: unknown): Buffer {
    if (!writer) return Buffer.from(JSON.stringify(value));
    const prefix = Buffer.alloc(prefixBytes);
    prefix.writeUInt32BE(writer.id, 1);
    return Buffer.concat([prefix, this.typeOf(writer.id, writer.schema).toBuffer(value)]);
  }

  private typeOf(id: number, schema: AvroRecord): ReturnType<typeof avroTypeOf> {
    let type = this.types.get(id);
    if (!type) this.types.set(id, (type = avroTypeOf(schema)));
    return type;
  }
}

function readJson(bytes: Buffer): ReadPayload {
  try {
    return { writer: undefined, value: JSON.parse(bytes.toString('utf8')) as unknown, problem: undefined };
  } catch (error) {
    return { writer: undefined, value: undefined, problem: `the ${bytes.byteLength} bytes are not JSON: ${(error as Error).message}` };
  }
}
