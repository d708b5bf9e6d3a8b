import type { BatchInput } from '@tributary/posting';
import type { Process } from '../engine.js';
import { ErpLine } from './erp-line.js';

/** The calls about batches. */
export class BatchCalls extends ErpLine {
  /** Releases a batch. */
  *release(batchId: string, fence: number): Process<Extract<BatchInput, { fence: number }>> {
    yield this.travel();
    const unknown = { kind: 'answered', fence, answer: 'unknown', text: '' } as const;
    if (this.storm.strikes('not-stored', 0.1)) {
      yield* this.noAnswer();
      return unknown;
    }
    const group = this.erp.groups.get(batchId);
    if (group?.state === 'open' && this.storm.strikes('stuck-release', 0.04)) {
      group.state = 'posting';
      yield* this.noAnswer();
      return unknown;
    }
    const refused = this.erp.release(batchId);
    if (this.storm.strikes('killed', 0.03)) yield this.dies();
    if (this.storm.strikes('lost-answer', 0.15)) {
      yield* this.noAnswer();
      return unknown;
    }
    return { kind: 'answered', fence, answer: refused === undefined ? 'posted' : 'rejected', text: refused ?? '' };
  }

  /** The state of a batch. */
  *batchState(batchId: string, fence: number): Process<Extract<BatchInput, { fence: number }>> {
    yield this.travel();
    if (this.storm.isSilent(this.erp.engine.now) || this.storm.strikes('silent-lookup', 0.1))
      return { kind: 'lookup-failed', fence, text: 'silent' };
    return { kind: 'lookup-answered', fence, state: this.erp.groups.get(batchId)?.state ?? 'absent', text: '' };
  }
}
