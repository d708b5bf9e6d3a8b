import { readCount, readList, readRecord, readText } from '../../recon/read-value.js';

/** What became of the postings of one target, hour by hour. */
export interface TargetHours {
  readonly target: string;
  readonly written: readonly number[];
  readonly failed: readonly number[];
}

/** `GET /target-outcomes`. */
export interface TargetOutcomes {
  /** Beginnings of the hours, the oldest first. */
  readonly hours: readonly string[];
  readonly targets: readonly TargetHours[];
}

/** Reads any answer. Never throws. */
export function readOutcomes(value: unknown): TargetOutcomes {
  const { hours, targets } = readRecord(value);
  return {
    hours: readList(hours, (hour) => readText(hour) ?? ''),
    targets: readList(targets, (one) => {
      const { target, written, failed } = readRecord(one);
      return { target: readText(target) ?? '', written: readCounts(written), failed: readCounts(failed) };
    }),
  };
}

const readCounts = (value: unknown): number[] => readList(value, (one) => readCount(one) ?? 0);
