import { Injectable, Logger } from '@nestjs/common';
import type { Overview, SumView } from '@tributary/contracts';
import { BackgroundLoop, BackgroundWorker, gauge } from '@tributary/platform';
import { openWhats } from '../decide/open-items.js';
import { OverviewRepository } from './overview.repository.js';

const everyMs = 60_000;
/** As TributaryFiguresOld: older figures say nothing of now. */
const usableMs = 900_000;

/** Figures that were read together. */
export interface Figures {
  readonly overview: Overview;
  readonly waits: Awaited<ReturnType<OverviewRepository['waits']>>;
  /** ms since 1970. */
  readonly readAt: number;
}

const openCounts = gauge('recon_open_items', 'What an operator has to check, by kind; the same counts as on the overview.', ['what']);
const atRisk = gauge(
  'recon_money_at_risk_minor',
  'Money in dead letters that are not closed and in what waits behind them, in minor units of its currency.',
  ['currency'],
);
const oldest = gauge('recon_oldest_unposted_seconds', 'Age of the oldest payment that is on its way to the ledger; 0 without any.');
const orders = gauge('recon_orders_waiting', 'Orders that wait for a second person.');
const readAt = gauge('recon_figures_read_seconds', 'Unix time at which these figures were read last.');

/** Publishes the figures of the overview as metrics, so that alerts see what people see. */
@Injectable()
export class FiguresWorker extends BackgroundWorker {
  private readonly logger = new Logger(FiguresWorker.name);
  protected readonly loop = new BackgroundLoop({
    doing: 'reading the figures of the overview for metrics',
    round: () => this.round(),
    troubleMs: everyMs,
    warn: (text) => this.logger.warn(text),
  });
  private readonly currencies = new Set<string>();
  private last: Figures | undefined;

  constructor(private readonly overviews: OverviewRepository) {
    super();
  }

  /** The figures that were read last; undefined: none were yet, or those are too old to go by. */
  get latest(): Figures | undefined {
    return this.last && Date.now() - this.last.readAt <= usableMs ? this.last : undefined;
  }

  /** Reads the figures once. @returns milliseconds until the next time. */
  async round(): Promise<number> {
    const [overview, waits] = await Promise.all([this.overviews.overview(), this.overviews.waits()]);
    for (const what of openWhats) openCounts.set({ what }, overview.open.find((item) => item.what === what)?.count ?? 0);
    this.setMoneyAtRisk(overview.moneyAtRisk);
    oldest.set(waits.oldestUnpostedS);
    orders.set(waits.ordersForApproval);
    this.last = { overview, waits, readAt: Date.now() };
    readAt.set(this.last.readAt / 1_000);
    return everyMs;
  }

  /** A currency that has no more money at risk goes to 0, so that its alert ends. */
  private setMoneyAtRisk({ amounts, waitingBehind }: Overview['moneyAtRisk']): void {
    const sums = new Map<string, number>([...this.currencies].map((currency) => [currency, 0]));
    const all: SumView['amounts'] = [...amounts, ...waitingBehind.amounts];
    for (const { currency, minor } of all) sums.set(currency, (sums.get(currency) ?? 0) + Number(minor));
    for (const [currency, minor] of sums) {
      this.currencies.add(currency);
      atRisk.set({ currency }, minor);
    }
  }
}
