/** Amount that a message is about, in minor units. */
export interface MoneyAtRisk {
  readonly minor: bigint;
  /** Upper case, otherwise as the source sent it: it may not be a valid currency. */
  readonly currency: string;
}

/** What recon keeps of a raw Stripe event: ids and amounts, never names (I8). */
export interface RawEvent {
  /** Charge that the event is about; null when the event names none. */
  readonly chargeId: string | null;
  readonly money: MoneyAtRisk | null;
  /** Whether the event reports a capture, which has to appear in the ledger. */
  readonly capture: boolean;
  /** True when the event reports a further capture of a charge that was captured before. */
  readonly growth: boolean;
  /** Creation time of the charge, ms since 1970; null when it is unknown. */
  readonly chargedAtMs: number | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Amount fields by type of Stripe object; the first one that holds a whole number counts (docs/reference/stripe.md). */
const amountFields: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    charge: ['amount_captured', 'amount'],
    payment_intent: ['amount_received', 'amount'],
    invoice: ['amount_paid', 'amount_due', 'total'],
    'checkout.session': ['amount_total'],
    refund: ['amount'],
    payout: ['amount'],
    dispute: ['amount'],
    balance_transaction: ['amount'],
    credit_note: ['total', 'amount'],
  }),
);
const captureTypes = new Set(['charge.succeeded', 'charge.captured', 'charge.updated']);
const longestCurrency = 16;

/** Amount of a Stripe object by its type; undefined when it has none. An uncaptured charge counts with its authorised amount. */
export function moneyOfObject(object: Fields): MoneyAtRisk | undefined {
  const currency = object.currency;
  if (typeof currency !== 'string' || currency === '') return undefined;
  const names = amountFields.get(textOf(object.object) ?? '') ?? ['amount'];
  const amounts = names.map((name) => object[name]).filter((amount) => Number.isSafeInteger(amount)) as number[];
  // `amount_captured` is 0 before the capture; until then the authorised amount is at risk.
  const amount = amounts.find((one) => one !== 0) ?? amounts[0];
  return amount === undefined
    ? undefined
    : {
        minor: BigInt(amount),
        currency: currency.toUpperCase().slice(0, longestCurrency),
      };
}

/**
 * Extracts what a raw Stripe event reports about captured money. Never throws: `body` may be any JSON value, or undefined when the bytes
 * are not JSON.
 * @param type type of the event, from its header.
 */
export function rawEvent(type: string, body: unknown): RawEvent {
  const data = fieldsOf(fieldsOf(body).data);
  const object = fieldsOf(data.object);
  const isCharge = object.object === 'charge' || (object.object === undefined && type.startsWith('charge.') && !type.includes('.dispute'));
  const money = moneyOfObject(object) ?? null;
  const before = fieldsOf(data.previous_attributes).amount_captured;
  const grown = isCharge && Number.isSafeInteger(before) && Number.isSafeInteger(object.amount_captured);
  const growth = grown ? BigInt(object.amount_captured as number) - BigInt(before as number) : 0n;
  const unreadable = body === undefined;
  const taken = object.captured !== false && object.status !== 'failed' && object.status !== 'pending' && object.paid !== false;
  const reports = type === 'charge.updated' ? growth > 0n : captureTypes.has(type);
  return {
    chargeId: isCharge ? textOf(object.id) : textOf(object.charge),
    money: money && growth > 0n ? { ...money, minor: growth } : money,
    capture: reports && (unreadable || (isCharge && taken)),
    growth: growth > 0n && (before as number) > 0,
    chargedAtMs: isCharge && Number.isSafeInteger(object.created) ? (object.created as number) * 1_000 : null,
  };
}

/** The fields of a JSON object; empty for any other value. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
