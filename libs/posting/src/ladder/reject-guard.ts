/** More than `maxRejects` rejects among the last `window` messages stop the group: the likely cause is then our code or configuration. */
export interface RejectGuardPolicy {
  readonly maxRejects: number;
  readonly window: number;
}

/** More than half of the last hundred messages. */
export const defaultRejectGuardPolicy: RejectGuardPolicy = { maxRejects: 50, window: 100 };

/** Results of the last messages, oldest first: true for a reject. */
export interface RejectRecord {
  readonly recent: readonly boolean[];
  readonly rejects: number;
}

/** The record of a group that has processed nothing yet. */
export const noRejects: RejectRecord = { recent: [], rejects: 0 };

/** Records the result of one message. @returns the new record, and whether the group has to stop. */
export function recordResult(record: RejectRecord, rejected: boolean, policy: RejectGuardPolicy): { record: RejectRecord; stop: boolean } {
  const recent = [...record.recent, rejected];
  const dropped = recent.length > policy.window ? recent.shift() : false;
  const rejects = record.rejects + (rejected ? 1 : 0) - (dropped ? 1 : 0);
  return { record: { recent, rejects }, stop: rejects > policy.maxRejects };
}
