/** More than `maxRejects` rejects among the last `window` messages stop the group: then it is us who are wrong, not the messages. */
export interface RejectGuardPolicy {
  readonly maxRejects: number;
  readonly window: number;
}

export const defaultRejectGuardPolicy: RejectGuardPolicy = { maxRejects: 50, window: 100 };

/** How the last messages ended, oldest first: true for a reject. */
export interface RejectRecord {
  readonly recent: readonly boolean[];
  readonly rejects: number;
}

export const noRejects: RejectRecord = { recent: [], rejects: 0 };

/** @returns the record with one more message, and whether the group has to stop. */
export function recordEnd(record: RejectRecord, rejected: boolean, policy: RejectGuardPolicy): { record: RejectRecord; stop: boolean } {
  const recent = [...record.recent, rejected];
  const dropped = recent.length > policy.window ? recent.shift() : false;
  const rejects = record.rejects + (rejected ? 1 : 0) - (dropped ? 1 : 0);
  return { record: { recent, rejects }, stop: rejects > policy.maxRejects };
}
