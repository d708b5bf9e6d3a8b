import { noRejects, recordResult } from '@tributary/posting';
import type { RejectGuardPolicy } from '@tributary/posting';

/** Counts rejections among the last messages of a group. */
export class RejectGuard {
  private recent = noRejects;

  constructor(private readonly policy: RejectGuardPolicy) {}

  /** @returns true when the group has to stop. */
  record(rejected: boolean): boolean {
    // Nearly always nothing was rejected and nothing is: then there is nothing to count.
    if (!rejected && this.recent.rejects === 0) return false;
    const { record, stop } = recordResult(this.recent, rejected, this.policy);
    this.recent = record;
    return stop;
  }
}
