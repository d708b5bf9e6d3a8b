import { Injectable, Logger } from '@nestjs/common';
import type { BooksView } from '@tributary/contracts';
import { BackgroundLoop, BackgroundWorker, gauge } from '@tributary/platform';
import { BooksReader } from './books.reader.js';

/** The ERPs sum up their ledgers for this, so it is done seldom, and not at once when many replicas start. */
const everyMs = 600_000;
const firstAfterMs = 60_000;
const usableMs = 3 * everyMs;

const difference = gauge(
  'recon_clearing_difference_minor',
  "Clearing account less Stripe's balance less what is in flight, in minor units of the currency. A ledger that cannot be read keeps its last figure.",
  ['target', 'currency'],
);
const unbalanced = gauge('recon_books_unbalanced', 'Journals, and currencies of trial balances, whose debits are not their credits.');

/** Publishes what the books differ by as metrics. */
@Injectable()
export class BooksFiguresWorker extends BackgroundWorker {
  private readonly logger = new Logger(BooksFiguresWorker.name);
  private started = false;
  private last: { readonly books: BooksView; readonly readAt: number } | undefined;
  protected readonly loop = new BackgroundLoop({
    doing: 'reading the books for metrics',
    round: () => this.turn(),
    troubleMs: everyMs,
    warn: (text) => this.logger.warn(text),
  });

  constructor(private readonly reader: BooksReader) {
    super();
  }

  /** The books that were read last; undefined: none were yet, or those are too old to go by. */
  get latest(): BooksView | undefined {
    return this.last && Date.now() - this.last.readAt <= usableMs ? this.last.books : undefined;
  }

  /** Reads the books once. @returns milliseconds until the next time. */
  async round(): Promise<number> {
    const books = await this.reader.books();
    for (const { target, clearing } of books.ledgers)
      for (const view of clearing) difference.set({ target, currency: view.currency }, Number(view.difference.minor));
    unbalanced.set(books.unbalanced);
    this.last = { books, readAt: Date.now() };
    return everyMs;
  }

  private turn(): Promise<number> {
    if (this.started) return this.round();
    this.started = true;
    return Promise.resolve(firstAfterMs);
  }
}
