/** An event of Stripe as a test can use it. */
export interface StripeFixture {
  readonly fileName: string;
  /** JSON text, indented. */
  readonly body: string;
  /** Paths whose value is a stand-in. */
  readonly replaced: readonly string[];
}

/** Fields with a word of a list that Stripe defines; everything that is named nowhere here is replaced. */
const words = new Set(
  `object type status currency brand funding network reason country account_country address_country capture_method confirmation_method case_type
  billing billing_reason billing_scheme collection_method default_currency settlement_currency balance_type closed_reason opened_reason code decline_code
  cvc_check address_line1_check address_postal_code_check advice_code amount_tax_display account_holder_type account_type available_payout_methods
  customer_creation customer_tax_exempt duration failure_code failure_reason fraud_type interval locale preferred_locales method mode
  missing_payment_method network_decline_code network_reason_code network_status payment_method_collection payment_method_types payment_status
  proration_behavior provider reconciliation_status reference_status reference_type regulated_status reporting_category risk_level
  request_three_d_secure rule setup_future_usage source_type stripe_report tax_behavior taxability_reason tax_exempt ui_mode usage_type api_version
  billing_address_collection allowed_countries submit_type verification_status allow_redirects page_size trial_settings`.split(/\s+/),
);
/** Fields with the id of an object, or a list of ids. */
const ids = new Set(
  `id account charge charges customer invoice invoice_item invoice_line_item invoice_line_items payment_intent payment_method payout price product
  subscription subscription_item refund dispute balance_transaction failure_balance_transaction source destination latest_charge latest_invoice
  default_price default_payment_method default_source discount discounts coupon promotion_code tax_code tax_rate tax_rates transfer transfer_data
  transfer_group on_behalf_of application application_fee setup_intent mandate review plan quote test_clock shipping_rate payment_link credit_note
  source_transfer transfer_reversal source_transfer_reversal order_line_item subscription_schedule parent_id reversed_by original_payout`.split(
    /\s+/,
  ),
);
const wordText = /^[A-Za-z0-9_.-]{1,80}$/;
const idText = /^[A-Za-z0-9_.:-]{1,255}$/;
const numberText = /^-?\d{1,30}(?:\.\d{1,30})?$/;
const fieldName = /^[A-Za-z0-9_]{1,60}$/;
/** Metadata of a merchant's own naming; a name with blanks or capitals may be that of a person. */
const metadataName = /^[a-z][a-z0-9_.-]{0,39}$/;
const listAddress = /^\/v1\/[a-z0-9_/]{1,60}$/i;

/** Stand-ins by the name of the field; `n` tells different texts of one event apart. */
const standIns: readonly (readonly [RegExp, (n: number) => string])[] = [
  [/email/, (n) => `person${n}@example.test`],
  [/phone/, (n) => `+120255501${String(n % 100).padStart(2, '0')}`],
  [/^(?:name|.*_name)$/, (n) => `Person ${n}`],
  [/^(?:last4|dynamic_last4)$/, () => '4242'],
  [/fingerprint/, (n) => `fingerprint${n}`],
  [/^(?:line[12]|address_line[12])$/, (n) => `${n} Example Street`],
  [/^(?:postal_code|.*_zip)$/, () => '00000'],
  [/^(?:city|.*_city)$/, () => 'Example City'],
  [/^(?:ip_address|.*_ip)$/, () => '192.0.2.1'],
  [/^(?:timezone)$/, () => 'Etc/UTC'],
  [/url|_pdf$|^pdf$/, (n) => `https://example.test/${n}`],
  [/^idempotency_key$/, (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`],
  [/^(?:number|receipt_number|invoice_prefix)$/, (n) => `EXAMPLE-${String(n).padStart(4, '0')}`],
];
/** Numbers about a person: of a card, and of a date of birth. */
const standInNumbers: Readonly<Record<string, number>> = { exp_month: 12, exp_year: 2034 };
const birth: Readonly<Record<string, number>> = { day: 1, month: 1, year: 2000 };

/**
 * Makes a fixture of a stored event: every text that is no id, no word of Stripe's own lists and no number becomes a stand-in, the same one
 * wherever the same text stands; so do card data and dates of birth. Ids, amounts, currencies and times stay, because tests are about them.
 * @returns undefined for a text that is no JSON object with an id and a type.
 */
export function stripeFixture(text: string): StripeFixture | undefined {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(event)) return undefined;
  const { id, type } = event;
  if (typeof id !== 'string' || typeof type !== 'string' || !idText.test(id) || !wordText.test(type)) return undefined;
  const made = new StandIns();
  return {
    body: `${JSON.stringify(made.of(event, { field: '', path: '', parent: '' }), undefined, 2)}\n`,
    replaced: made.replaced,
    fileName: `${type}.${id}.json`,
  };
}

interface Place {
  readonly field: string;
  readonly path: string;
  readonly parent: string;
}

class StandIns {
  readonly replaced: string[] = [];
  private readonly numbers = new Map<string, number>();

  of(value: unknown, place: Place): unknown {
    if (Array.isArray(value)) return value.map((item: unknown, index) => this.of(item, { ...place, path: `${place.path}[${index}]` }));
    if (isObject(value)) return this.object(value, place);
    if (typeof value === 'string') return this.text(value, place);
    const number = place.parent === 'dob' ? birth[place.field] : standInNumbers[place.field];
    return typeof value === 'number' && number !== undefined ? this.instead(number, place) : value;
  }

  private object(value: Readonly<Record<string, unknown>>, { field, path }: Place): Record<string, unknown> {
    const allowed = field === 'metadata' ? metadataName : fieldName;
    const entries = Object.entries(value).map(([name, item]): [string, unknown] => {
      const kept = allowed.test(name) && name !== '__proto__' ? name : `key_${this.numberOf(`key ${name}`)}`;
      const at = path === '' ? kept : `${path}.${kept}`;
      if (kept !== name) this.replaced.push(at);
      return [kept, this.of(item, { field: kept, path: at, parent: field })];
    });
    return Object.fromEntries(entries);
  }

  private text(value: string, place: Place): string {
    const { field, parent } = place;
    if (value === '' || (parent === 'metadata' ? isOurs(field, value) : isPlain(field, value))) return value;
    const [, standIn] = (parent === 'metadata' ? undefined : standIns.find(([name]) => name.test(field))) ?? [];
    const number = this.numberOf(value);
    return this.instead(standIn ? standIn(number) : `text ${number}`, place);
  }

  private instead<T>(value: T, { path }: Place): T {
    this.replaced.push(path);
    return value;
  }

  private numberOf(text: string): number {
    const known = this.numbers.get(text) ?? this.numbers.size + 1;
    this.numbers.set(text, known);
    return known;
  }
}

/** Whether a text says nothing of a person: an id, a word of Stripe's lists, a number. */
function isPlain(field: string, value: string): boolean {
  if (ids.has(field)) return idText.test(value);
  if (words.has(field)) return wordText.test(value);
  if (field === 'url') return listAddress.test(value);
  if (field === 'idempotency_key') return /^tributary[\w./:-]{1,255}$/.test(value);
  return /_decimal$|^unit_amount_excluding_tax$/.test(field) && numberText.test(value);
}

/** Metadata that Tributary itself wrote: translation looks for it. */
function isOurs(field: string, value: string): boolean {
  return field.startsWith('tributary') && /^[\w./:-]{1,255}$/.test(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
