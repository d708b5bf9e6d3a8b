import { isDeepStrictEqual } from 'node:util';
import { booksLine } from './books.js';
import type { Books } from './books.js';

/** Between two readings a document that was just being written reaches the ledger, ms. */
export const betweenReadingsMs = 5_000;
/** After so many readings the last one is told, and that it is not the last word. */
export const mostReadings = 8;

/**
 * The books at the end of the demo day. One reading may fall between a movement at Stripe and its document, and show a difference that is gone
 * a moment later; what two readings in a row say is told.
 */
export class SettledBooks {
  private last: Books | undefined;
  private readings = 0;
  private nextAt = -Infinity;
  private isTold = false;

  /** @param ask reads the books; undefined: they cannot be read. @param now milliseconds of a clock. */
  constructor(
    private readonly ask: () => Promise<Books | undefined>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Called again and again; reads when it is time. @returns what is to be told, once; undefined: not yet, or told already. */
  async toTell(): Promise<string | undefined> {
    if (this.isTold || this.now() < this.nextAt) return undefined;
    this.nextAt = this.now() + betweenReadingsMs;
    const before = this.last;
    this.last = await this.ask();
    this.readings += 1;
    const isSettled = this.last !== undefined && isDeepStrictEqual(this.last, before);
    if (!isSettled && this.readings < mostReadings) return undefined;
    this.isTold = true;
    if (this.last === undefined) return undefined;
    const line = booksLine(this.last);
    return isSettled ? line : `${line}\nThe books were still changing after ${mostReadings} readings: \`npm run status\` reads them again.`;
  }
}
