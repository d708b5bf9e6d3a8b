import { EmulatorProcess } from '@tributary/local-stack';

/** A Stripe object of the emulator's state. */
interface Json {
  readonly id: string;
  readonly [field: string]: unknown;
}

type State = Readonly<Record<string, readonly Json[]>>;

const withinMs = 30_000;

/** The account of the Stripe emulator after a scenario, as its API answers, and the events that it would have delivered. */
export class ScenarioAccount {
  private constructor(private readonly state: State) {}

  /**
   * Plays scenarios, or the demo day, on an emulator of its own.
   * @param seed of every scenario; undefined for their own.
   * @throws {Error} when the emulator refuses one, or a step fails.
   */
  static async play(names: readonly string[], seed?: number): Promise<ScenarioAccount> {
    const emulator = await EmulatorProcess.start('stripe');
    const { origin } = emulator;
    try {
      for (const name of names) {
        const path = name === 'day' ? 'day' : 'scenarios';
        await ask(`${origin}/_control/${path}`, { name, pauseMs: 0, ...(seed === undefined ? {} : { seed }) });
        await over(`${origin}/_control/${path}`);
      }
      return new ScenarioAccount((await ask(`${origin}/_control/state`)) as unknown as State);
    } finally {
      await emulator.stop();
    }
  }

  /** Bodies of all events, in the order in which they happened. */
  get events(): Uint8Array[] {
    return this.all('events').map((event) => new TextEncoder().encode(JSON.stringify(event)));
  }

  /** See ReadAccount of pipeline.ts. */
  find(kind: string, id: string): Readonly<Record<string, unknown>> | undefined {
    if (kind === 'payout_movements')
      return { object: 'list', data: this.all('balance_transactions').filter((one) => this.payoutOf(one) === id) };
    if (kind === 'charge_refunds') return { object: 'list', data: this.all('refunds').filter(({ charge }) => charge === id) };
    if (kind === 'customer') return this.object('customers', id);
    // The emulator has no Checkout sessions, invoices or credit notes: lists of them are empty.
    if (/^(?:payment|invoice|credit_note|checkout)_/.test(kind)) return { object: 'list', data: [] };
    if (kind !== 'charge') return this.object('balance_transactions', id);
    const charge = this.object('charges', id);
    return charge && { ...charge, balance_transaction: this.object('balance_transactions', charge.balance_transaction as string) ?? null };
  }

  /** Stripe's balance in a currency: the sum of all movements, minor units. */
  balance(currency: string): number {
    return sum(this.movements(currency).map(({ net }) => net as number));
  }

  /**
   * What the ledger books only with a payout that is not itemised yet, with the shipped settings: fees of payments, movements of Stripe's
   * own, and that payout itself. Refunds, disputes and money that came back are booked when they happen.
   */
  inFlight(currency: string): number {
    const open = this.movements(currency).filter(
      (one) => this.object('payouts', this.payoutOf(one) ?? '')?.reconciliation_status !== 'completed',
    );
    return sum(open.map((one) => this.unbooked(one)));
  }

  private unbooked({ type, reporting_category: category, net, fee, source }: Json): number {
    if (type === 'charge' || type === 'payment' || type === 'refund') return fee as number;
    if (type === 'payout' && this.object('payouts', source as string)?.automatic === false) return 0; // booked when it is paid
    const own = ['dispute', 'dispute_reversal', 'refund_failure', 'payout_reversal'];
    return own.includes(category as string) ? 0 : -(net as number);
  }

  private movements(currency: string): Json[] {
    return this.all('balance_transactions').filter((one) => one.currency === currency.toLowerCase());
  }

  private payoutOf({ id }: Json): string | undefined {
    return (this.object('ledger_entries', id)?.payout as string | null | undefined) ?? undefined;
  }

  private object(collection: string, id: string): Json | undefined {
    return this.all(collection).find((one) => one.id === id && one.deleted !== true);
  }

  private all(collection: string): readonly Json[] {
    return this.state[collection] ?? [];
  }
}

async function over(url: string): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const { state, problem } = (await ask(url)) as { state?: string; problem?: string };
    if (state === 'done') return;
    if (state === 'failed' || Date.now() > deadline)
      throw new Error(`playing on the Stripe emulator: ${problem ?? 'it did not end in time'}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function ask(url: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(url, body && { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
