import { Inject, Injectable } from '@nestjs/common';
import type { LedgerClearingView, OpenItem, TodayView } from '@tributary/contracts';
import { BooksReader } from '../../books/emit/books.reader.js';
import { MovementListRepository } from '../../books/emit/movement-list.repository.js';
import { ASSETS_DIR, readAssets } from '../../desk/emit/asset-reader.js';
import { DeadLetterRepository } from '../../desk/emit/dead-letter.repository.js';
import { LEDGER_CONNECTORS } from '../../reconciliation/emit/ledger-connectors.js';
import type { LedgerConnectors } from '../../reconciliation/emit/ledger-connectors.js';
import { isVisible } from '../../shared/decide/visible-targets.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { OverviewRepository } from '../../views/emit/overview.repository.js';
import { dayMoney } from '../decide/day-money.js';
import { toDoOf } from '../decide/to-do.js';
import type { OpenSum } from '../decide/to-do.js';
import { TodayRepository } from './today.repository.js';
import type { Oldest } from './today.repository.js';

/** How long a page waits for ledgers and Stripe, ms: after that it is shown what was read before. */
const booksWithinMs = 3_000;
const ownRows = ['parked', 'different', 'missing', 'ledgerEffects', 'stuck'] as const;

/** Who asks about which day. */
export interface TodayQuestion {
  /** Targets whose payments may be read. */
  readonly visible: VisibleTargets;
  /** Targets whose dead letters and orders may be read. */
  readonly letters: VisibleTargets;
  /** `2026-11-21`; undefined: the day that it is for the company now. */
  readonly date: string | undefined;
}

/** Puts Today together: what is open, the money of a day, the clearing accounts, the targets. */
@Injectable()
export class TodayReader {
  constructor(
    private readonly repository: TodayRepository,
    private readonly overviews: OverviewRepository,
    private readonly letters: DeadLetterRepository,
    private readonly movements: MovementListRepository,
    private readonly books: BooksReader,
    @Inject(LEDGER_CONNECTORS) private readonly connectors: LedgerConnectors,
    @Inject(ASSETS_DIR) private readonly assetsDir: string | undefined,
  ) {}

  async today({ visible, letters, date }: TodayQuestion): Promise<TodayView> {
    const books = await this.books.recentBooks(visible, booksWithinMs); // it also reads the newest movements, so it comes first
    const timeZone = this.timeZone();
    const day = await this.repository.day(timeZone, date);
    const [overview, oldest, causes, approvals, notifications, captures, movements, targets] = await Promise.all([
      this.overviews.overview(visible),
      this.repository.oldest(visible),
      this.letters.causes(letters),
      this.repository.approvals(letters),
      this.repository.notifications(visible),
      this.repository.captures(day, visible),
      this.movements.sums(day.from, day.to),
      this.repository.targets(
        [...this.connectors.keys()].filter((target) => isVisible(visible, target)),
        visible,
      ),
    ]);
    const toDo = toDoOf(causes, [
      ...openSums(overview.open, oldest),
      withoutSum('approvals', approvals),
      withoutSum('notifications', notifications),
    ]);
    const clearing = books?.ledgers ?? [];
    return {
      asOf: overview.asOf,
      allClear: toDo.length === 0 && overview.allClear && clearing.every(isClear),
      toDo,
      needsPerson: { ...overview.standings.needsPerson, list: '/payments?standing=needsPerson', oldestAt: oldest.needsPerson },
      day: { ...day, timeZone },
      money: dayMoney(
        captures,
        movements.map((sum) => ({ ...sum, name: sum.kind })),
        day,
      ),
      clearing,
      clearingAsOf: books?.asOf ?? null,
      problems: books?.problems ?? ['The ledgers are still being read: ask again in some seconds'],
      targets,
    };
  }

  /** The zone of posting dates of the first target with a profile: the `ledgerZone` of `GET /company-format`. */
  private timeZone(): string {
    const assets = readAssets(this.assetsDir);
    const formats = assets.ok ? [...this.connectors.keys()].map((target) => assets.bundle.books.get(target)?.format) : [];
    return formats.find((format) => format !== undefined)?.timeZone ?? 'UTC';
  }
}

function withoutSum(what: OpenSum['what'], { count, oldestAt }: { readonly count: number; readonly oldestAt: string | null }): OpenSum {
  return { what, sum: { count, amounts: [] }, oldestAt };
}

function openSums(open: readonly OpenItem[], oldest: Oldest): OpenSum[] {
  return ownRows.map((what) => {
    const { count, amounts } = open.find((item) => item.what === what) ?? { count: 0, amounts: [] };
    return { what, sum: { count, amounts }, oldestAt: oldest[what] };
  });
}

function isClear({ clearing }: LedgerClearingView): boolean {
  return clearing.every(({ difference }) => /^-?0+$/.test(difference.minor));
}
