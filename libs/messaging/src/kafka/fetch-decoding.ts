import { createRequire } from 'node:module';

/** The part of a decoded fetch response that is used here. */
interface FetchAnswer {
  readonly responses: readonly { readonly partitions: readonly { readonly messages: DecodedRecord[] }[] }[];
}
interface DecodedRecord {
  readonly offset: string;
  readonly [other: string]: unknown;
}
interface FetchResponse {
  decode(raw: Buffer): Promise<FetchAnswer>;
}

const require = createRequire(import.meta.url);
/** The version that the client speaks with every broker since 2.3. */
const response = require('kafkajs/src/protocol/requests/fetch/v11/response') as FetchResponse;
const decodeOfClient = response.decode;

// Record batch, message format v2 (Kafka documentation, "Record Batch"): where its fields are.
const lengthAt = 8;
const magicAt = 16;
const lastDeltaAt = 23;
const headerBytes = 61;
const magicOfBatches = 2;

/** The last offset that complete batches stand for, whether or not it still has a record; undefined when there is no complete batch. */
export function endOfBatches(records: Buffer): bigint | undefined {
  let end: bigint | undefined;
  for (let at = 0; at + headerBytes <= records.length;) {
    const size = lengthAt + 4 + records.readInt32BE(at + lengthAt);
    if (size < headerBytes || at + size > records.length || records.readInt8(at + magicAt) !== magicOfBatches) break;
    end = records.readBigInt64BE(at) + BigInt(records.readInt32BE(at + lastDeltaAt));
    at += size;
  }
  return end;
}

/**
 * Lets the client see how far a batch goes. It looks at records only, so it does not move past a batch from which compaction took all of
 * them: when the next one is larger than what is left of the fetch it asks for the same for ever, and past a batch that lost its tail it
 * goes one offset for each fetch (docs/reference/kafkajs.md, 5.4). An end without a record becomes a control record: those move the
 * position and are given to nobody. The Java client does the same by the header of the batch.
 */
export function patchFetchDecoding(): void {
  response.decode = async (raw) => {
    const answer = await decodeOfClient(raw);
    const ends = endsIn(raw);
    for (const [t, { partitions }] of answer.responses.entries()) {
      for (const [p, { messages }] of partitions.entries()) {
        const end = ends[t]?.[p];
        const last = messages.at(-1);
        if (end !== undefined && (last === undefined || BigInt(last.offset) < end)) messages.push(endMarker(end));
      }
    }
    return answer;
  };
}

function endMarker(offset: bigint): DecodedRecord {
  return {
    offset: offset.toString(),
    magicByte: magicOfBatches,
    attributes: 0,
    timestamp: '0',
    key: null,
    value: null,
    headers: {},
    isControlRecord: true,
    batchContext: { producerId: '-1', inTransaction: false },
  };
}

/** By topic and partition as they stand in the answer (Kafka protocol guide, "Fetch", version 11). */
function endsIn(raw: Buffer): (bigint | undefined)[][] {
  const reader = new Reader(raw);
  reader.skip(10); // throttle time, error code, session id
  return reader.array(() => {
    reader.skip(reader.int16()); // name
    return reader.array(() => {
      reader.skip(30); // partition, error code, high watermark, last stable offset, log start offset
      reader.array(() => reader.skip(16)); // aborted transactions
      reader.skip(4); // preferred replica
      return endOfBatches(reader.bytes());
    });
  });
}

class Reader {
  private at = 0;
  constructor(private readonly raw: Buffer) {}

  skip(bytes: number): void {
    this.at += bytes;
  }
  int16(): number {
    this.skip(2);
    return this.raw.readInt16BE(this.at - 2);
  }
  int32(): number {
    this.skip(4);
    return this.raw.readInt32BE(this.at - 4);
  }
  /** -1 stands for none. */
  bytes(): Buffer {
    const size = Math.max(0, this.int32());
    this.skip(size);
    return this.raw.subarray(this.at - size, this.at);
  }
  array<Item>(item: () => Item): Item[] {
    return Array.from({ length: Math.max(0, this.int32()) }, item);
  }
}
