import { add, toDecimalText } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import type { PostingProfile } from '../assets/posting-profile.js';
import { accountOf, accountPartsOf } from '../books/account-of.js';
import { movementLines, payoutLines } from '../books/movement-lines.js';
import type { Movement, MovementGroup } from '../books/movement-lines.js';
import { refundJournal, refundLine } from '../books/refund-line.js';
import { roleOf } from '../books/role-of.js';
import type { AssetFunction, FunctionScope, Text } from './asset-function.js';
import { isNothing } from './is-nothing.js';

/** A limit of a profile: currency -> decimal text. */
type Limit = ReadonlyMap<string, string> | null;

/** Asset functions for the books: settings, accounts, and the lines of journals. */
export const booksFunctions: readonly AssetFunction[] = [
  {
    name: 'setting',
    signatures: ['setting(string): string'],
    description: 'How the profile keeps its books: `sales`, `payout`, `fx`, `creditMemo`, `closedPeriod`, `fraudWarning`.',
    handler: (scope) => (name) => scope.profile.books.settings.get(name as string) ?? null,
  },
  {
    name: 'journalMode',
    signatures: ['journalMode(string): string'],
    description: 'When journals of a class of movements are made: `payout` or `movement`.',
    handler: (scope) => (name) => scope.profile.books.journals.get(name as string) ?? null,
  },
  {
    name: 'account',
    signatures: ['account(string): string', 'account(string, string): string'],
    description: 'The account of a role, and of a currency where the profile has one for each; no account stops the posting.',
    handler: (scope) => (role, currency) => accountOf(scope.profile, role as string, (currency as Text | undefined) ?? null),
  },
  ...(['acct', 'sub'] as const).map((part) => ({
    name: part,
    signatures: [`${part}(string): string`, `${part}(string, string): string`],
    description: {
      acct: 'As account(), for a ledger with subaccounts: the account without its subaccount.',
      sub: 'The subaccount of the account of a role, and of a currency where the profile has one for each.',
    }[part],
    handler:
      (scope: FunctionScope) =>
      (role: unknown, currency: unknown): string =>
        accountPartsOf(scope.profile, role as string, (currency as Text | undefined) ?? null)[part],
  })),
  {
    name: 'disputeRole',
    signatures: ['disputeRole(string): string'],
    description: 'The role that the amount of a dispute stands in while the dispute has this status, by the table `movements`.',
    handler: (scope) => (status) => roleOf(scope, 'movements', { part: 'dispute', kind: status as string }).role,
  },
  {
    name: 'movementLines',
    signatures: [
      'movementLines(string, string, string, Money): list<JournalLine>',
      'movementLines(string, string, string, Money, Money): list<JournalLine>',
    ],
    description:
      'Journal lines of one movement (type, category, class of its journal, gross, fee): the parts that a journal of that class owns, against the clearing account.',
    handler: (scope) => (type, category, journalClass, gross, fee) =>
      isNothing(gross) ? [] : movementLines(scope, { type, category, gross, fee: fee ?? null } as Movement, journalClass as string),
  },
  {
    name: 'payoutLines',
    signatures: ['payoutLines(list<PayoutGroup>): list<JournalLine>', 'payoutLines(list<PayoutGroup>, Money): list<JournalLine>'],
    description:
      'Journal lines of all movements of a payout, by groups: the parts that are booked with the payout, against the clearing account; and, given its amount, what the bank gets.',
    handler: (scope) => (groups, amount) =>
      payoutLines(scope, groups as readonly MovementGroup[], isNothing(amount) ? undefined : (amount as Money)),
  },
  {
    name: 'nthPart',
    signatures: ['nthPart(string, Settlement, list<Settlement>): string'],
    description:
      'The part of a posting key for one of several settlements: the name for the first in its direction, the name with a number for later ones (a dispute that is taken again after an appeal).',
    handler: () => (name, settlement, all) => nthPart(name as string, settlement as Settled, all as readonly Settled[]),
  },
  {
    name: 'settledGross',
    signatures: ['settledGross(list<Settlement>): Money'],
    description: 'Sum of the gross amounts of some settlements; null when there are none.',
    handler: () => (settlements) => grossOf(settlements as readonly { readonly gross: Money }[]),
  },
  {
    name: 'refundLines',
    signatures: ['refundLines(string, Money, Money, Money, Money): list<SalesLine>'],
    description:
      'The one line of a refund: text, amount, amount refunded before, total and tax of the sale. Its tax is the share of the sale, rounded so that all refunds of a sale give its whole tax.',
    handler: () => (text, amount, before, total, tax) =>
      isNothing(amount) ? [] : [refundLine(text as string, amount as Money, orNull(before), orNull(total), orNull(tax))],
  },
  {
    name: 'refundJournal',
    signatures: ['refundJournal(bool, Money, Money, Money, Money, Money): list<JournalLine>'],
    description:
      'A refund as the lines of one entry: whether its sale is invoiced, amount, what settled for it where that is another currency, amount refunded before, total and tax of the sale. What the credit memo, its payment and their settlement would come to together.',
    handler: () => (isInvoice, amount, settled, before, total, tax) =>
      isNothing(amount)
        ? []
        : refundJournal(
            isInvoice === true,
            refundLine('refund', amount as Money, orNull(before), orNull(total), orNull(tax)),
            orNull(settled) ?? (amount as Money),
          ),
  },
  {
    name: 'invoiced',
    signatures: ['invoiced(string, string): bool'],
    description:
      'Whether a sale is invoiced in the ERP: by the setting `sales`; where that is `mixed` by the kind of the sale (`invoice`), or by an answer.',
    handler: (scope) => (kind, answer) => isInvoiced(scope.profile, kind as Text, answer as Text),
  },
  {
    name: 'profileLimit',
    signatures: ['profileLimit(string): Limit'],
    description: 'A limit of the profile: `refund`.',
    handler: (scope) => (name) => scope.profile.books.limits.get(name as string) ?? null,
  },
  {
    name: 'exceeds',
    signatures: ['exceeds(Money, Limit): bool'],
    description:
      'Whether an amount is above a limit. Without a limit it is not; with limits for other currencies only it is, so that a person looks at it.',
    handler: () => (amount, limit) => exceeds(amount as Money, limit as Limit),
  },
];

const orNull = (amount: unknown): Money | null => (isNothing(amount) ? null : (amount as Money));

interface Settled {
  readonly balanceTransactionId: string;
  readonly gross: Money;
}

function nthPart(name: string, { balanceTransactionId, gross }: Settled, all: readonly Settled[]): string {
  const alike = all.filter((one) => one.gross.minor < 0n === gross.minor < 0n);
  const index = alike.findIndex((one) => one.balanceTransactionId === balanceTransactionId);
  return index <= 0 ? name : `${name}-${index + 1}`;
}

function grossOf([first, ...more]: readonly { readonly gross: Money }[]): Money | null {
  return first ? more.reduce((sum, { gross }) => add(sum, gross), first.gross) : null;
}

function isInvoiced(profile: PostingProfile, kind: Text, answer: Text): boolean {
  const sales = profile.books.settings.get('sales');
  if (sales !== 'mixed') return sales === 'invoiced';
  return answer === null ? kind === 'invoice' : answer === 'invoiced';
}

function exceeds(amount: Money, limit: Limit): boolean {
  if (isNothing(amount) || limit === null || limit.size === 0) return false;
  const most = limit.get(amount.currency);
  return most === undefined || isMore(toDecimalText(amount), most);
}

/** Whether decimal text `a` is greater than `b`, compared without floats (I5). */
function isMore(a: string, b: string): boolean {
  const decimals = Math.max(...[a, b].map((text) => text.split('.')[1]?.length ?? 0));
  const scaled = (text: string): bigint => {
    const [whole = '0', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(decimals, '0'));
  };
  return scaled(a) > scaled(b);
}
