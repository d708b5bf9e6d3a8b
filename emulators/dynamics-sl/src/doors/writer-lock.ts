import { Refusal } from '../answers.js';

/**
 * The one place of a writer per company: the counters of batches are central rows (docs/reference/dynamics-sl.md section 7 [verified operation]). That a
 * second writer waits for a while and is then refused is assumed.
 */
export class WriterLock {
  private readonly waiting: (() => void)[] = [];
  private taken = false;

  constructor(private readonly waitMs: number) {}

  /** @returns how to give the place back. @throws {Refusal} when it was not free in time. */
  async take(): Promise<() => void> {
    if (this.taken) await this.turn();
    this.taken = true;
    return () => this.pass();
  }

  private turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const mine = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(mine), 1);
        reject(new Refusal('Timeout expired: another user is updating the batch number counter.'));
      }, this.waitMs);
      this.waiting.push(mine);
    });
  }

  private pass(): void {
    const next = this.waiting.shift();
    // The place is handed over, so that nobody who comes in between takes it.
    if (next) next();
    else this.taken = false;
  }
}
