import { accountAction } from './account-actions.js';
import { balanceObject } from './api-money.js';
import { defaultDay } from './day-options.js';
import type { DayOptions } from './day-options.js';
import type { Deliveries, DeliveryPlan } from './deliveries.js';
import type { FaultRule, Faults } from './faults.js';
import { feeTotals } from './fee-totals.js';
import type { Merchant } from './merchant.js';
import type { Player, ScenarioOptions } from './player.js';
import { ApiProblem } from './problem.js';
import { scenarioReport } from './scenario-report.js';
import type { Collection, Store, StripeObject } from './store.js';

/** The parts of the emulator that tests steer. */
export interface ControlledParts {
  readonly store: Store;
  readonly merchant: Merchant;
  readonly deliveries: Deliveries;
  readonly player: Player;
  readonly faults: Faults;
}

/** The control surface under /_control (README). @throws {ApiProblem} 404 for an unknown path. */
export async function control(parts: ControlledParts, method: string, path: string, body: string): Promise<unknown> {
  const { store, merchant, deliveries, player, faults } = parts;
  const json = (): Record<string, unknown> => (body === '' ? {} : (JSON.parse(body) as Record<string, unknown>));
  switch (`${method} ${path}`) {
    case 'GET /state':
      return store.dump();
    case 'POST /reset':
      player.reset();
      deliveries.reset();
      store.reset();
      faults.set([]);
      return { reset: true };
    case 'PUT /faults':
      faults.set((json().rules ?? []) as FaultRule[]);
      return { rules: json().rules ?? [] };
    case 'PUT /delivery':
      return deliveries.setPlan(json() as Partial<DeliveryPlan>);
    case 'GET /deliveries':
      return { pending: deliveries.pending, acknowledged: deliveries.acknowledged, deliveries: deliveries.list() };
    case 'PUT /objects':
      return { put: putObjects(store, json()) };
    case 'POST /account':
      return store.together(() => accountAction(merchant, json()));
    case 'GET /balance':
      return { ...balanceObject(merchant), fees: feeTotals(store.all('balance_transactions')) };
    case 'POST /day':
      return { started: player.startDay(dayOptions(json())), ...player.report(true) };
    case 'POST /deliver':
      return { status: await deliveries.sendRaw(String(json().body ?? ''), json().url as string | undefined) };
    case 'GET /day':
      return { ...player.report(true), playing: player.playing };
    case 'GET /day/expected':
      return { payments: player.expected() };
    case 'POST /scenarios':
      player.play(json() as unknown as ScenarioOptions);
      return scenarioReport(player, merchant, store);
    case 'GET /scenarios':
      return scenarioReport(player, merchant, store);
    default:
      throw new ApiProblem(404, { type: 'invalid_request_error', message: `The control surface has no ${method} ${path}.` });
  }
}

/** Stores objects unchanged and without events, for tests whose events were recorded elsewhere. */
function putObjects(store: Store, lists: Readonly<Record<string, unknown>>): number {
  const found = Object.entries(lists).map(([collection, objects]) => {
    if (!puttable.includes(collection) || !Array.isArray(objects) || objects.some((object) => !hasId(object)))
      throw new ApiProblem(400, {
        type: 'invalid_request_error',
        message: `PUT /objects takes lists of objects with ids under ${puttable.join(', ')}; "${collection}" is none.`,
      });
    return [collection as Collection, objects as StripeObject[]] as const;
  });
  store.together(() => {
    for (const [collection, objects] of found) for (const object of objects) store.put(collection, object);
  });
  return found.reduce((sum, [, objects]) => sum + objects.length, 0);
}

const puttable: readonly string[] = [
  ...['customers', 'payment_intents', 'charges', 'refunds', 'disputes', 'early_fraud_warnings', 'payouts'],
  ...['balance_transactions', 'ledger_entries', 'checkout_sessions', 'invoices', 'invoice_payments', 'credit_notes'],
];

function hasId(object: unknown): boolean {
  return typeof object === 'object' && object !== null && typeof (object as { id?: unknown }).id === 'string';
}

/** `speed` 2 is twice as fast. */
function dayOptions({ speed, ...options }: Readonly<Record<string, unknown>>): DayOptions {
  const asked = { ...defaultDay, ...(options as Partial<DayOptions>) };
  return typeof speed === 'number' && speed > 0 ? { ...asked, pauseMs: Math.round(asked.pauseMs / speed) } : asked;
}
