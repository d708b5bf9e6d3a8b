import type { Answer } from '@tributary/posting';
import type { Dice } from '../../chaos/dice.js';
import type { Host, Process } from '../engine.js';
import type { Duties } from './core.js';
import type { BooksErp } from './erp.js';
import type { Storm } from './storm.js';
import { usualCallMs } from './traits.js';

/** The way to the ERP and back. Every call ends within the longest call of the ERP. */
export class ErpLine {
  constructor(
    protected readonly erp: BooksErp,
    protected readonly dice: Dice,
    protected readonly storm: Storm,
    private readonly host: Host,
    protected readonly duties: Duties,
  ) {}

  /** Whether calls of this ERP may take minutes. */
  protected get isSlow(): boolean {
    return this.longestCallMs > usualCallMs;
  }

  protected get longestCallMs(): number {
    return this.erp.traits.longestCallMs;
  }

  /** The process is gone: what it waits for never comes. */
  protected dies(): number {
    this.host.alive = false;
    return 1;
  }

  protected givesUpAt(): number {
    return this.erp.engine.now + this.longestCallMs - 2_000;
  }

  protected travel(): number {
    return this.dice.between(20, 1_500);
  }

  protected *noAnswer(): Process<Answer> {
    yield this.longestCallMs - 2_000;
    return { kind: 'unknown', text: 'no answer' };
  }
}
