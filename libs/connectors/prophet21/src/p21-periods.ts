import type { ErpPeriod } from '@tributary/connector-kit';
import type { P21Client } from './p21-client.js';
import type { P21Config } from './p21.config.js';
import { P21NotDoneError } from './p21-errors.js';
import { idOf, textOf } from './p21-json.js';
import { all, odataText } from './p21-odata.js';

/** How long the periods are kept, ms: an accountant who opens one does not wait long. */
const keptMs = 30_000;

/** A fiscal period with the numbers that an entry names. */
export interface P21Period extends ErpPeriod {
  readonly period: string;
  readonly year: string;
}

/** The fiscal periods of the company. Source: docs/reference/prophet21.md sections 7.7 and 14 (periods). */
export class P21Periods {
  private kept: { readonly periods: readonly P21Period[]; readonly until: number } | undefined;

  constructor(
    private readonly client: P21Client,
    private readonly config: Pick<P21Config, 'company'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** All periods but those for adjustments, in the order of their dates. */
  async all(signal: AbortSignal): Promise<readonly P21Period[]> {
    const columns = ['beginning_date', 'ending_date', 'period_closed', 'period', 'year_for_period', 'adjustment_period_flag', 'company_no'];
    const filter = all(`company_no eq ${odataText(this.config.company)}`, "adjustment_period_flag eq 'N'");
    const rows = await this.client.rows('periods', { filter, select: columns, orderBy: 'beginning_date' }, signal);
    const periods = rows
      .filter((row) => textOf(row.company_no) === this.config.company)
      .map((row) => ({
        from: textOf(row.beginning_date).slice(0, 10),
        to: textOf(row.ending_date).slice(0, 10),
        open: textOf(row.period_closed) !== 'Y',
        period: idOf(row.period),
        year: idOf(row.year_for_period),
      }))
      .filter(({ from, to }) => from !== '' && to !== '')
      .sort((a, b) => (a.from < b.from ? -1 : 1));
    this.kept = { periods, until: this.now() + keptMs };
    return periods;
  }

  /** The period of a day. @throws {P21NotDoneError} when the day is in no period. */
  async of(date: string, signal: AbortSignal): Promise<P21Period> {
    const periods = this.kept && this.kept.until > this.now() ? this.kept.periods : await this.all(signal);
    const found = periods.find(({ from, to }) => from <= date && date <= to);
    if (found) return found;
    throw new P21NotDoneError(
      'p21.period-missing',
      `${date} is in no fiscal period of company ${this.config.company}; add it in P21`,
      'TransactionDate',
    );
  }
}
