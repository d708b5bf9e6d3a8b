import type { StripeReader } from '@tributary/connector-stripe';
import { balanceOf, movementsOf } from '../decide/stripe-balance.js';
import type { MovementRepository } from './movement.repository.js';

/** Reads start this long before the newest known movement, seconds: Stripe lists movements by time, and two close ones may change order. */
const overlapSeconds = 3_600;
/** Time between the first two readings of all movements that found nothing, ms; it doubles with each. */
const shortestAgainMs = 60_000;
/** Longest time between two, ms: an account may have millions of movements. */
const longestAgainMs = 3_600_000;
/** Payouts whose members are read after each reading of the movements: each costs a call for every hundred members. */
const payoutsAtOnce = 5;

/** Stripe's balance, or the reason why it could not be read. */
export interface StripeBalance {
  readonly balance: ReadonlyMap<string, bigint>;
  readonly problem: string | undefined;
}

/** Reads the balance of the Stripe account, and stores its new movements in the database. */
export class StripeBalanceReader {
  private againAt = 0;
  private againAfterMs = shortestAgainMs;

  /** @param reader undefined without an API key. */
  constructor(
    private readonly reader: StripeReader | undefined,
    private readonly movements: MovementRepository,
  ) {}

  /** Never throws because of Stripe: a failed read is reported as `problem`. */
  async read(): Promise<StripeBalance> {
    if (!this.reader) return nothing("STRIPE_API_KEY is not set for recon: set it, and Stripe's balance is compared");
    const problem = await this.readMovements(Math.max(0, (await this.movements.newest()) - overlapSeconds));
    const found = await this.reader.find('balance', '', { account: null, fresh: true });
    if (found.kind !== 'found') return nothing(`Stripe's balance could not be read: ${whyOf(found)}`);
    const balance = balanceOf(found.object);
    if (problem !== undefined) return { balance, problem };
    return { balance, problem: await this.missing(balance) };
  }

  /**
   * Reads all movements again, when the known ones do not add up to the balance, and for whoever finds another difference: Stripe may have listed some
   * late, with an earlier time, and when they are nothing together the balance does not show that they are missing. At once, then after a minute, two,
   * four, and so on up to an hour, whoever asks.
   * @returns whether they were read.
   */
  async readAgain(): Promise<boolean> {
    const now = Date.now();
    if (this.reader === undefined || now < this.againAt) return false;
    const isNew = now - this.againAt > longestAgainMs;
    this.againAfterMs = isNew ? shortestAgainMs : Math.min(this.againAfterMs * 2, longestAgainMs);
    this.againAt = now + this.againAfterMs;
    return (await this.readMovements(0)) === undefined;
  }

  /** Reads all movements again when the known ones do not add up to the balance, and describes any difference that remains. */
  private async missing(balance: ReadonlyMap<string, bigint>): Promise<string | undefined> {
    if (await this.addsUp(balance)) return undefined;
    if ((await this.readAgain()) && (await this.addsUp(balance))) return undefined;
    return 'The movements that Stripe lists do not add up to its balance: something is moving, or the list is not complete. It is read again';
  }

  private async addsUp(balance: ReadonlyMap<string, bigint>): Promise<boolean> {
    const totals = await this.movements.totals();
    return [...new Set([...balance.keys(), ...totals.keys()])].every(
      (currency) => (balance.get(currency) ?? 0n) === (totals.get(currency) ?? 0n),
    );
  }

  private async readMovements(since: number): Promise<string | undefined> {
    const found = await this.reader?.find('movements_since', String(since), { account: null, fresh: true });
    if (found?.kind !== 'found') return `Stripe's movements could not be read: ${found ? whyOf(found) : 'no API key'}`;
    await this.movements.add(movementsOf(found.object));
    await this.readMembers();
    return undefined;
  }

  /** Reads what new payouts consist of. One that cannot be read now is read the next time; nothing that is compared depends on it. */
  private async readMembers(): Promise<void> {
    for (const payoutId of await this.movements.payoutsToRead(payoutsAtOnce)) {
      const found = await this.reader?.find('payout_movements', payoutId, { account: null, fresh: true });
      if (found?.kind === 'unavailable') return;
      const members = found?.kind === 'found' ? movementsOf(found.object).map(({ id }) => id) : [];
      await this.movements.recordMembers(payoutId, members);
    }
  }
}

function nothing(problem: string): StripeBalance {
  return { balance: new Map(), problem };
}

function whyOf(lookup: { readonly kind: string; readonly reason?: string }): string {
  return lookup.reason ?? lookup.kind;
}
