import type { Head, OrderAction } from '@tributary/posting';

/** A row of `ladder_sequence`. */
export interface SequenceRow {
  readonly sequence: string;
  readonly head_offset: string;
  readonly place: Head['place'];
  readonly attempts: number;
  readonly climbs: number;
  readonly first_failure_at: Date | null;
  readonly due_at: Date | null;
  readonly code: string;
  readonly order_id: string | null;
  readonly order_action: OrderAction | null;
}

/** The head that a row stores. */
export function headOf(row: SequenceRow): Head {
  return {
    offset: BigInt(row.head_offset),
    place: row.place,
    attempts: row.attempts,
    delayedRetries: row.climbs,
    firstFailureAt: row.first_failure_at?.getTime() ?? 0,
    dueAt: row.due_at?.getTime() ?? 0,
    code: row.code,
    order: row.order_id !== null && row.order_action !== null ? { id: row.order_id, action: row.order_action } : undefined,
  };
}

/** Last second that every version of ISO 8601 can write: 9999-12-31T23:59:59.999Z. Kafka lets a producer set any 64 bits. */
const maxRecordTime = 253_402_300_799_999;

/** A record's timestamp as PostgreSQL can hold it. @param ms milliseconds. */
export function recordTime(ms: number): Date {
  return new Date(Number.isFinite(ms) ? Math.min(Math.max(ms, 0), maxRecordTime) : 0);
}
