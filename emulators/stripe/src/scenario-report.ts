import type { DayState } from './day-options.js';
import type { Merchant } from './merchant.js';
import type { Player, Playing } from './player.js';
import { scenarios } from './scenarios/index.js';
import type { Store, StripeObject } from './store.js';

/** One payout, for a summary; minor units. */
interface PayoutLine {
  readonly id: string;
  readonly currency: string;
  readonly amount: number;
  readonly status: unknown;
  readonly automatic: unknown;
  /** Movements that it took, without its own; null for a manual one. */
  readonly movements: number | null;
}

/** What `GET /_control/scenarios` answers. */
export interface ScenarioReport extends DayState {
  readonly playing: Playing | null;
  readonly scenarios: readonly { readonly name: string; readonly summary: string; readonly days: number }[];
  /** Of the whole account, scenarios or not. */
  readonly account: {
    readonly charges: number;
    readonly refunds: number;
    readonly disputes: number;
    readonly payouts: readonly PayoutLine[];
    readonly balance: readonly { readonly currency: string; readonly available: number; readonly pending: number }[];
  };
}

/** Progress of the scenarios that were asked for, and what the account has come to. */
export function scenarioReport(player: Player, merchant: Merchant, store: Store): ScenarioReport {
  return {
    ...player.report(false),
    playing: player.playing,
    scenarios: scenarios.map(({ name, summary, days }) => ({ name, summary, days })),
    account: {
      charges: store.all('charges').length,
      refunds: store.all('refunds').length,
      disputes: store.all('disputes').length,
      payouts: store.all('payouts').map((payout) => payoutLine(payout, merchant)),
      balance: merchant.ledger.holdings(),
    },
  };
}

function payoutLine({ id, currency, amount, status, automatic }: StripeObject, merchant: Merchant): PayoutLine {
  const movements = automatic === true ? merchant.ledger.members(id).length - 1 : null;
  return { id, currency: currency as string, amount: amount as number, status, automatic, movements };
}
