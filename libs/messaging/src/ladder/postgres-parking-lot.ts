import type { Head, OrderResult } from '@tributary/posting';
import type { IncomingMessage } from '../envelope.js';
import { partitionFenced } from './ladder.errors.js';
import { parkedPayloads, plainParking } from './parked-payloads.js';
import type { ParkedCipher, StoredAt } from './parked-payloads.js';
import { base64Headers, headersOf } from './parking-lot-headers.js';
import { headOf, recordTime } from './parking-lot-rows.js';
import type { SequenceRow } from './parking-lot-rows.js';
import type { LadderClaim, LadderPartition, SequenceChange, ParkingLot, StoredSequence } from './parking-lot.js';

/** The part of a PostgreSQL client that is needed here. Its errors carry their disposition. */
export interface SqlClient {
  /** Rows of one statement. */
  query<Row>(text: string, parameters: readonly unknown[]): Promise<Row[]>;
  /** Several statements, all or none. */
  transaction<T>(work: (query: SqlClient['query']) => Promise<T>): Promise<T>;
}

const ofPartition = 'consumer_group = $1 and topic = $2 and partition = $3';

/** A parking lot in PostgreSQL. Messages are encrypted before they are stored, where the service has keys. */
export class PostgresParkingLot implements ParkingLot {
  constructor(
    private readonly client: SqlClient,
    private readonly schema: string,
    private readonly cipher: ParkedCipher = plainParking,
  ) {}

  async claim(partition: LadderPartition): Promise<{ claim: LadderClaim; sequences: StoredSequence[] }> {
    const { schema } = this;
    return this.client.transaction(async (query) => {
      const [claimed] = await query<{ fence: string }>(
        `insert into ${schema}.ladder_partition as known (consumer_group, topic, partition, fence) values ($1, $2, $3, 1)
         on conflict (consumer_group, topic, partition) do update set fence = known.fence + 1 returning fence`,
        of(partition),
      );
      const heads = await query<SequenceRow>(`select * from ${schema}.ladder_sequence where ${ofPartition}`, of(partition));
      const parked = await query<{ sequence: string; message_offset: string }>(
        `select sequence, message_offset from ${schema}.ladder_parked where ${ofPartition} order by message_offset`,
        of(partition),
      );
      const sequences = new Map<string, { sequence: string; head: Head | undefined; parked: bigint[] }>();
      for (const row of heads) sequences.set(row.sequence, { sequence: row.sequence, head: headOf(row), parked: [] });
      for (const { sequence, message_offset } of parked) {
        const state = sequences.get(sequence) ?? { sequence, head: undefined, parked: [] };
        state.parked.push(BigInt(message_offset));
        sequences.set(sequence, state);
      }
      return { claim: { ...partition, fence: BigInt(claimed?.fence ?? 0) }, sequences: [...sequences.values()] };
    });
  }

  async store(claim: LadderClaim, sequence: string, changes: readonly SequenceChange[]): Promise<void> {
    await this.client.transaction(async (query) => {
      // Shared, so that sequences of one partition don't wait for each other; a take-over waits for all of them.
      const [known] = await query<{ fence: string }>(
        `select fence from ${this.schema}.ladder_partition where ${ofPartition} for share`,
        of(claim),
      );
      if (known === undefined || BigInt(known.fence) !== claim.fence) throw partitionFenced(claim, sequence);
      for (const change of changes) await this.apply(query, claim, sequence, change);
    });
  }

  async read(partition: LadderPartition, offset: bigint): Promise<IncomingMessage | undefined> {
    const [row] = await this.client.query<{ key: Buffer | null; value: Buffer | null; headers: Record<string, string>; written_at: Date }>(
      `select key, value, headers, written_at from ${this.schema}.ladder_parked where ${ofPartition} and message_offset = $4`,
      [...of(partition), offset.toString()],
    );
    if (!row) return undefined;
    const at = this.places(of(partition), offset);
    const opened = (column: 'key' | 'value'): Buffer | null => row[column] && this.cipher.openBytes(at(column), row[column]);
    const [key, value] = [opened('key'), opened('value')];
    const { topic } = partition;
    const headers = headersOf(this.cipher.openJson(at('headers'), row.headers) as Record<string, string>);
    return { topic, partition: partition.partition, offset, key, value, headers, timestamp: row.written_at.getTime() };
  }

  async answered(order: string): Promise<OrderResult | undefined> {
    const [row] = await this.client.query<{ result: OrderResult }>(`select result from ${this.schema}.ladder_order where order_id = $1`, [
      order,
    ]);
    return row?.result;
  }

  private async apply(query: SqlClient['query'], claim: LadderClaim, sequence: string, change: SequenceChange): Promise<void> {
    const { schema } = this;
    const where = of(claim);
    switch (change.kind) {
      case 'park': {
        const { offset, key, value, headers, timestamp } = change.message;
        const at = this.places(where, offset);
        const sealed = (column: string, bytes: Buffer | null): Buffer | null => bytes && this.cipher.sealBytes(at(column), bytes);
        await query(
          `insert into ${schema}.ladder_parked (consumer_group, topic, partition, message_offset, sequence, key, value, headers, written_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
          [
            ...[...where, offset.toString(), sequence, sealed('key', key), sealed('value', value)],
            ...[this.cipher.sealJson(at('headers'), JSON.stringify(base64Headers(headers))), recordTime(timestamp)],
          ],
        );
        return;
      }
      case 'unpark':
        await query(`delete from ${schema}.ladder_parked where ${ofPartition} and message_offset = $4`, [
          ...where,
          change.offset.toString(),
        ]);
        return;
      case 'answer':
        await query(`insert into ${schema}.ladder_order (order_id, result) values ($1, $2) on conflict do nothing`, [
          change.order,
          change.result,
        ]);
        return;
      case 'head':
        await query(`delete from ${schema}.ladder_sequence where ${ofPartition} and sequence = $4`, [...where, sequence]);
        if (change.head) await this.insertHead(query, where, sequence, change.head);
    }
  }

  private places(partition: readonly unknown[], offset: bigint): (column: string) => StoredAt {
    const row = [...partition.map(String), offset.toString()];
    return (column) => ({ column: `${parkedPayloads(this.schema).table}.${column}`, row });
  }

  private async insertHead(query: SqlClient['query'], where: readonly unknown[], sequence: string, head: Head): Promise<void> {
    await query(
      `insert into ${this.schema}.ladder_sequence (consumer_group, topic, partition, sequence, head_offset, place, attempts, climbs,
         first_failure_at, due_at, code, order_id, order_action) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...where,
        sequence,
        head.offset.toString(),
        head.place,
        head.attempts,
        head.delayedRetries,
        timeOf(head.firstFailureAt),
        timeOf(head.dueAt),
        head.code,
        head.order?.id ?? null,
        head.order?.action ?? null,
      ],
    );
  }
}

const of = ({ group, topic, partition }: LadderPartition): unknown[] => [group, topic, partition];
const timeOf = (ms: number): Date | null => (ms === 0 ? null : new Date(ms));
