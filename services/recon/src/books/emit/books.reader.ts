import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ErpConnector } from '@tributary/connector-kit';
import type { BooksView } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import type { TargetBooks } from '@tributary/mapping';
import { ASSETS_DIR, readAssets } from '../../desk/emit/asset-reader.js';
import { LEDGER_CONNECTORS } from '../../reconciliation/emit/ledger-connectors.js';
import type { LedgerConnectors } from '../../reconciliation/emit/ledger-connectors.js';
import { accountBalanceViews, clearingViews, unbalancedCurrencies } from '../decide/clearing.js';
import type { AccountBalance, Sums } from '../decide/clearing.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { visibleBooks } from '../decide/visible-books.js';
import type { BooksProblem, ReadBooks } from '../decide/visible-books.js';
import { BookedJournals } from './booked-journals.js';
import { MovementRepository } from './movement.repository.js';
import { StripeBalanceReader } from './stripe-balance.reader.js';
import type { StripeBalance } from './stripe-balance.reader.js';

/** How long a result is cached, ms: many pages and scripts cost the ERP and Stripe one read. */
const keptMs = 2_000;
const readWithinMs = 30_000;

/** A target whose connector can read ledger totals. */
interface ReadLedger {
  readonly target: string;
  readonly connector: ErpConnector;
  readonly balances: readonly AccountBalance[];
}

/** Reads the books: the trial balance of every target, and its clearing accounts compared with Stripe's balance. */
@Injectable()
export class BooksReader {
  private readonly logger = new Logger(BooksReader.name);
  private newest: ReadBooks | undefined;
  private lastRead: { readonly until: number; readonly view: Promise<ReadBooks> } | undefined;

  constructor(
    @Inject(LEDGER_CONNECTORS) private readonly connectors: LedgerConnectors,
    @Inject(ASSETS_DIR) private readonly assetsDir: string | undefined,
    private readonly stripe: StripeBalanceReader,
    private readonly movements: MovementRepository,
    private readonly journals: BookedJournals,
  ) {}

  /** The books, read now or at most {@link keptMs} ago. Sources that could not be read are named in `problems`. */
  books(): Promise<BooksView> {
    return this.booksFor('*');
  }

  /** The same for somebody who may see these targets. */
  async booksFor(visible: VisibleTargets): Promise<BooksView> {
    return visibleBooks(await this.kept(), visible);
  }

  /**
   * The same, for a page that does not wait for a ledger: what was read before when reading takes longer.
   * @returns undefined when nothing was read yet.
   */
  async recentBooks(visible: VisibleTargets, withinMs: number): Promise<BooksView | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), withinMs)));
    const books = (await Promise.race([this.kept(), tooLong]).finally(() => clearTimeout(timer))) ?? this.newest;
    return books && visibleBooks(books, visible);
  }

  private kept(): Promise<ReadBooks> {
    if (!this.lastRead || this.lastRead.until < Date.now()) {
      const view = this.read();
      this.lastRead = { until: Date.now() + keptMs, view };
      view.then(
        (read) => (this.newest = read),
        () => (this.lastRead = undefined),
      );
    }
    return this.lastRead.view;
  }

  private async read(): Promise<ReadBooks> {
    const problems: BooksProblem[] = [];
    // Stripe is read first: a movement that happens between the two reads can then only be missing on Stripe's side.
    const stripe = await this.stripe.read();
    if (stripe.problem !== undefined) problems.push({ text: stripe.problem });
    const ledgers = await this.ledgers(problems);
    let found: BooksProblem[] = [];
    let cleared = await this.clearing(ledgers, stripe, found);
    if (stripe.problem === undefined && cleared.some(differs) && (await this.stripe.readAgain())) {
      found = [];
      cleared = await this.clearing(ledgers, stripe, found);
    }
    problems.push(...found);
    return {
      asOf: new Date().toISOString(),
      clearing: cleared[0]?.clearing ?? [],
      ledgers: cleared,
      unbalanced: await this.unbalanced(ledgers),
      trialBalance: ledgers.flatMap(({ target, balances }) => accountBalanceViews(target, balances)),
      problems,
    };
  }

  /** Documents and currencies that do not balance, per target, also of a target whose ledger could not be read. */
  private async unbalanced(ledgers: readonly ReadLedger[]): Promise<ReadonlyMap<string, number>> {
    const counts = await this.journals.unbalanced();
    for (const { target, balances } of ledgers) counts.set(target, (counts.get(target) ?? 0) + unbalancedCurrencies(balances).length);
    return counts;
  }

  private async ledgers(problems: BooksProblem[]): Promise<ReadLedger[]> {
    const read: ReadLedger[] = [];
    for (const [target, connector] of this.connectors) {
      if (!connector.trialBalance) {
        problems.push({ target, text: `${target} does not sum up its ledger: no trial balance` });
        continue;
      }
      try {
        read.push({ target, connector, balances: await connector.trialBalance(AbortSignal.timeout(readWithinMs)) });
      } catch (error) {
        this.logger.warn(`reading the trial balance of ${target}: ${errorCodeOf(error)}`);
        const text = `The trial balance of ${target} could not be read: ${errorCodeOf(error)}. It is read again at the next request`;
        problems.push({ target, text });
      }
    }
    return read;
  }

  /** Every target with clearing accounts is compared: each ledger books the whole Stripe account. */
  private async clearing(
    ledgers: readonly ReadLedger[],
    { balance }: StripeBalance,
    problems: BooksProblem[],
  ): Promise<BooksView['ledgers']> {
    const assets = readAssets(this.assetsDir);
    if (!assets.ok) {
      const unknown = 'The clearing accounts are not known';
      problems.push({ text: `${unknown}: ${assets.text}`, textForSome: `${unknown}: the assets have an error` });
      return [];
    }
    const cleared: BooksView['ledgers'][number][] = [];
    for (const { target, connector, balances } of ledgers) {
      const books = assets.bundle.books.get(target);
      if (!books) continue;
      const clearing = clearingViews({
        accounts: books.clearingAccounts,
        balances,
        stripe: balance,
        ownedByPayouts: await this.ownedByPayouts(books),
        bookedByPayouts: await this.journals.onClearing(target, connector.batchMode?.('journal') !== 'none'),
      });
      cleared.push({ target, clearing });
    }
    if (cleared.length === 0)
      problems.push({ text: 'No target has clearing accounts: add accounts: CLR to its profile, and the table of movements' });
    return cleared;
  }

  private async ownedByPayouts(books: TargetBooks): Promise<Sums> {
    const sums = new Map<string, bigint>();
    for (const group of await this.movements.groups()) {
      const { currency, minor } = books.payoutPart(group);
      sums.set(currency, (sums.get(currency) ?? 0n) + minor);
    }
    return sums;
  }
}

function differs({ clearing }: BooksView['ledgers'][number]): boolean {
  return clearing.some(({ difference }) => BigInt(difference.minor) !== 0n);
}
