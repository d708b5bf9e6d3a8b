import { customerSource, money, parsePostingKey, shortReference, stripeCustomerOfSource, toDecimalText } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import type { LookupTable } from '../assets/lookup-table.js';
import type { PostingProfile } from '../assets/posting-profile.js';
import { CurrencyUnmappedError, MappingEvaluationError } from '../errors.js';
import { customerSourceId } from './customer-source-id.js';
import { calendarDate, dateText } from './dates.js';
import { isNothing } from './facts.js';
import { truncated } from './text.js';

/** What functions of one flow look into. */
export interface FunctionScope {
  readonly profile: PostingProfile;
  readonly tables: ReadonlyMap<string, LookupTable>;
}

export interface AssetFunction {
  readonly name: string;
  /** For the type check; `Decimal` and `Date` are text that only decimalText() and date() make. */
  readonly signatures: readonly string[];
  readonly description: string;
  /** Null in, null out, unless the description says otherwise. */
  readonly handler: (scope: FunctionScope) => (...values: readonly unknown[]) => unknown;
}

type Text = string | null;
const repeat = (type: string, count: number): string => Array.from({ length: count }, () => type).join(', ');
const overloads = (name: string, type: string, counts: readonly number[]): string[] =>
  counts.map((n) => `${name}(${repeat(type, n)}): ${type}`);

/** The functions that assets may use, beside those of CEL itself. */
export const assetFunctions: readonly AssetFunction[] = [
  {
    name: 'decimalText',
    signatures: ['decimalText(Money): Decimal'],
    description: 'Exact decimal text in major units, by the decimals of the currency. Nothing is rounded.',
    handler: () => (amount) => (isNothing(amount) ? null : toDecimalText(moneyOf(amount))),
  },
  {
    name: 'date',
    signatures: ['date(int): Date', 'date(int, string): Date'],
    description: 'The calendar day of a time (ms), in the time zone of the profile or the one given.',
    handler: (scope) => (time, zone) => (isNothing(time) ? null : calendarDate(time as bigint, (zone as string) ?? scope.profile.timeZone)),
  },
  {
    name: 'dateText',
    signatures: ['dateText(int, string, string): string'],
    description: 'A time (ms) as text: format of yyyy MM dd HH mm ss, and a time zone.',
    handler: () => (time, format, zone) => (isNothing(time) ? null : dateText(time as bigint, format as string, zone as string)),
  },
  {
    name: 'concat',
    signatures: [2, 3, 4, 5, 6].map((n) => `concat(${repeat('string', n)}): string`),
    description: 'Joins texts; null counts as empty.',
    handler:
      () =>
      (...texts) =>
        texts.map((text) => (text as Text) ?? '').join(''),
  },
  {
    name: 'truncate',
    signatures: ['truncate(string, int): string'],
    description:
      'At most so many characters, cut between two graphemes, without white space at the end; null when not even the first one fits.',
    handler: () => (text, length) => (isNothing(text) ? null : truncated(text as string, Number(length))),
  },
  {
    name: 'split',
    signatures: ['split(string, string, int): string'],
    description: 'The n-th part (from 0) between separators; null when there are fewer.',
    handler: () => (text, separator, index) =>
      isNothing(text) ? null : ((text as string).split(separator as string)[Number(index)] ?? null),
  },
  {
    name: 'lookup',
    signatures: ['lookup(string, string): string', 'lookup(string, string, string): string'],
    description: 'The value of a key in a lookup table; else the default, else null.',
    handler: (scope) => (table, key, otherwise) => scope.tables.get(table as string)?.rows.get((key as Text) ?? '') ?? otherwise ?? null,
  },
  {
    name: 'shortReference',
    signatures: ['shortReference(string, int): string'],
    description: 'A short text (8 to 50 characters) that stands for a long key, always the same.',
    handler: () => (key, length) => (isNothing(key) ? null : shortReference(key as string, Number(length))),
  },
  {
    name: 'coalesce',
    signatures: [
      ...overloads('coalesce', 'string', [2, 3, 4, 5]),
      ...overloads('coalesce', 'int', [2, 3]),
      ...overloads('coalesce', 'Address', [2, 3]),
      ...overloads('coalesce', 'map<string, string>', [2]),
    ],
    description: 'The first that is there: not null, not empty, for an address any part of it.',
    handler:
      () =>
      (...values) =>
        values.find((value) => !isNothing(value) && value !== '') ?? values.at(-1) ?? null,
  },
  {
    name: 'present',
    signatures: ['present(dyn): bool'],
    description: 'Whether there is a value: not null, for records and metadata any part of it.',
    handler: () => (value) => !isNothing(value),
  },
  {
    name: 'when',
    signatures: ['string', 'int', 'bool', 'Decimal', 'Date'].map((type) => `when(bool, ${type}): ${type}`),
    description: 'The value when the condition holds, else null.',
    handler: () => (condition, value) => (condition === true ? value : null),
  },
  {
    name: 'fits',
    signatures: ['fits(string, int): bool'],
    description:
      'Whether a text is there and has at most so many characters: for what is useless when cut, like an e-mail, a phone number or an id.',
    handler: () => (text, length) => !isNothing(text) && (text as string).length <= Number(length),
  },
  ...(['upper', 'lower', 'trim'] as const).map((name) => ({
    name,
    signatures: [`${name}(string): string`],
    description: { upper: 'In capital letters.', lower: 'In small letters.', trim: 'Without white space at both ends.' }[name],
    handler: () => (text: unknown) => (isNothing(text) ? null : changed[name](text as string)),
  })),
  {
    name: 'metadata',
    signatures: ['metadata(map<string, string>, string): string'],
    description: 'A value of metadata; null when the key is not there or its text is empty.',
    handler: () => (map, key) => metadataValue(map, key as string),
  },
  {
    name: 'bankAccount',
    signatures: ['bankAccount(string): string'],
    description: 'Bank account of the profile for the currency that money settles in; no account stops the posting.',
    handler: (scope) => (currency) =>
      scope.profile.bankAccounts.get(currency as string) ?? unmappedCurrency(scope.profile, currency as string),
  },
  {
    name: 'paymentMethod',
    signatures: ['paymentMethod(string): string'],
    description: 'Payment method of the ERP by the profile, else its "default", else null.',
    handler: (scope) => (type) =>
      scope.profile.paymentMethods.get((type as Text) ?? '') ?? scope.profile.paymentMethods.get('default') ?? null,
  },
  {
    name: 'paymentMethodNumber',
    signatures: ['paymentMethodNumber(string): int'],
    description: 'As paymentMethod(), for systems that number their payment methods.',
    handler: (scope) => (type) =>
      numberOf(scope.profile, scope.profile.paymentMethods.get((type as Text) ?? '') ?? scope.profile.paymentMethods.get('default')),
  },
  {
    name: 'profileValue',
    signatures: ['profileValue(string): string'],
    description: 'A value of the profile; null when it is not there.',
    handler: (scope) => (key) => scope.profile.values.get(key as string) ?? null,
  },
  {
    name: 'customerSetting',
    signatures: ['customerSetting(string): string'],
    description: 'How customers are matched: `emailMatch` or `repeatBuyers` of the profile; null where it says nothing.',
    handler: (scope) => (name) => scope.profile.customers.get(name as string) ?? null,
  },
  {
    name: 'walkInCustomer',
    signatures: ['walkInCustomer(): string'],
    description: 'Walk-in customer of the profile, or null.',
    handler: (scope) => () => scope.profile.walkInCustomerId,
  },
  {
    name: 'customerSourceId',
    signatures: ['customerSourceId(string): string', 'customerSourceId(string, string, string, string): string'],
    description:
      'The source id of a Stripe customer in posting keys; or who a payment belongs to, from customer id, e-mail, name and payment id: ' +
      'the customer, else the guest by e-mail, else the walk-in customer, else a guest of this one payment who told a name; else the ' +
      'posting stops.',
    handler:
      (scope) =>
      (customerId, ...payer) =>
        payer.length === 0
          ? customerSource(customerId as string)
          : customerSourceId(scope.profile, {
              customerId: customerId as Text,
              email: payer[0] as Text,
              name: payer[1] as Text,
              paymentId: payer[2] as string,
            }),
  },
  {
    name: 'stripeCustomerId',
    signatures: ['stripeCustomerId(string): string'],
    description: 'The Stripe customer in the posting key of a customer; null for guests.',
    handler: () => (key) => (isNothing(key) ? null : (stripeCustomerOfSource(parsePostingKey(key as string).sourceId) ?? null)),
  },
  {
    name: 'postingPart',
    signatures: ['postingPart(string): string'],
    description: 'The part of a posting key, where one source object has several documents of a kind; else null.',
    handler: () => (key) => (isNothing(key) ? null : (parsePostingKey(key as string).part ?? null)),
  },
  {
    name: 'postingSourceId',
    signatures: ['postingSourceId(string): string'],
    description: 'The id of the source in a posting key: the customer, the charge; `guest:...` for guests.',
    handler: () => (key) => (isNothing(key) ? null : parsePostingKey(key as string).sourceId),
  },
  {
    name: 'factVersion',
    signatures: ['factVersion(int, int): int'],
    description: 'Version of a fact for upserts: seconds of its time (ms), times 10, plus the rank among facts of one second.',
    handler: () => (time, rank) => ((time as bigint) / 1000n) * 10n + (rank as bigint),
  },
];

const changed = {
  upper: (text: string) => text.toUpperCase(),
  lower: (text: string) => text.toLowerCase(),
  trim: (text: string) => text.trim(),
};

function moneyOf(value: unknown): Money {
  const { minor, currency } = value as Money;
  return money(minor, currency);
}

function metadataValue(map: unknown, key: string): Text {
  const value = map instanceof Map ? (map as ReadonlyMap<string, unknown>).get(key) : null;
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(profile: PostingProfile, text: string | undefined): bigint | null {
  if (text === undefined) return null;
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new MappingEvaluationError(`reading a payment method: "${text}" in ${profile.path} is not a whole number`, { file: profile.path });
}

function unmappedCurrency(profile: PostingProfile, currency: string): never {
  throw new CurrencyUnmappedError(
    `choosing a bank account: profile ${profile.name.value} has none for the settlement currency ${currency}; add "${currency}: <bank account>" under bankAccounts in ${profile.path}`,
    { currency, profile: profile.name.value, file: profile.path },
  );
}

/** For arguments that only a wrong asset or a wrong record can bring. */
export function evaluationError(where: string, cause: unknown): MappingEvaluationError {
  const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  return new MappingEvaluationError(`evaluating ${where}: ${why}`, { where }, { cause });
}
