import type {
  AmountView,
  AuditPage,
  BooksView,
  CustomerDetail,
  MovementsPage,
  PaymentDetail,
  SumView,
  TodayView,
} from '@tributary/contracts';
import type { Locator } from 'playwright-core';
import { plain } from './counting-user.js';
import type { CountingUser } from './counting-user.js';

/** Most actions that a question may take, from the first page. */
export const mostActionsOfAQuestion = 4;

/** What the accountant holds in hand: ids from a letter, a bank statement, a call. */
export interface InHand {
  readonly payment: string;
  readonly customer: string;
  readonly payout: string;
}

/** Answer of recon's API to a GET. */
export type AskApi = <Answer>(path: string) => Promise<Answer>;

/** One question of an accountant. */
export interface Question {
  readonly asked: string;
  /** Finds the answer, beginning at the first page. @returns what the page says. */
  answer(user: CountingUser, inHand: InHand): Promise<string>;
  /** What has to be in the answer, as recon's API says it. */
  truth(api: AskApi, inHand: InHand): Promise<readonly string[]>;
}

const moneyText = ({ text, currency }: AmountView): string => `${text} ${currency}`;
const sumTexts = ({ count, amounts }: SumView, unit: string, none: string): string[] =>
  count === 0 ? [none] : [`${count} ${unit}`, ...amounts.map(moneyText)];
const noPayment = 'There is no such payment.';
const noMovement = 'There is no such movement.';

/** The sum above a list, or the sentence that it is empty. */
function listSum(user: CountingUser, none: string): Locator {
  return user.page.locator('.list-sum').or(user.page.getByText(none));
}

/** A list of records, with its sum and its rows: what stands on another page is no answer. */
const listOf = (user: CountingUser): Locator => user.page.locator('section[aria-labelledby="records-title"]');

/** The questions, in the order in which a day brings them. */
export const tenQuestions: readonly Question[] = [
  {
    asked: 'What must I do now?',
    answer: (user) => user.read(user.page.locator('.to-do-table tbody tr').or(user.page.getByText('Nothing waits for a person.'))),
    truth: async (api) => {
      const { toDo } = await api<TodayView>('/today');
      return toDo.length === 0
        ? ['Nothing waits for a person.']
        : toDo.flatMap(({ count, cause, amounts }) => [String(count), ...(cause === null ? [] : [cause]), ...amounts.map(moneyText)]);
    },
  },
  {
    asked: 'What happened to this payment?',
    answer: async (user, { payment }) => {
      await user.search(payment);
      return user.read(user.page.locator('#payment-status'));
    },
    truth: async (api, { payment }) => {
      const { status } = await api<PaymentDetail>(`/payments/${payment}`);
      const parts = (status?.clauses ?? []).flatMap((clause) => clause.parts);
      return parts.filter(({ kind }) => kind !== 'amount' && kind !== 'instant').map(({ text }) => plain(text));
    },
  },
  {
    asked: 'What is not in the ledger, and how much per currency?',
    answer: async (user) => {
      await user.enter('Payments');
      await user.click(user.page.getByRole('link', { name: 'Not in the ledger yet' }));
      return user.read(listSum(user, noPayment));
    },
    truth: async (api) => sumTexts(await api<SumView>('/payments/totals?standing=onItsWay,needsPerson'), 'payment', noPayment),
  },
  {
    asked: 'What was refunded today?',
    answer: async (user) => {
      await user.click(user.page.locator('.day-figures tr', { hasText: 'Refunded' }).getByRole('link'));
      await user.click(user.page.getByRole('link', { name: /^Currency .*: take this filter away$/ }));
      return user.read(listSum(user, noMovement));
    },
    truth: async (api) => {
      const { day } = await api<TodayView>('/today');
      const range = new URLSearchParams({ kind: 'refunded', from: day.from, to: day.to });
      return sumTexts(await api<SumView>(`/movements/totals?${range.toString()}`), 'movement', noMovement);
    },
  },
  {
    asked: 'What is in this payout?',
    answer: async (user, { payout }) => {
      await user.search(payout);
      return user.read(listOf(user).locator('.list-sum').or(listOf(user).locator('tbody tr')));
    },
    truth: async (api, { payout }) => {
      const { movements } = await api<MovementsPage>(`/movements?payout=${payout}`);
      const sum = await api<SumView>(`/movements/totals?payout=${payout}`);
      return [...sumTexts(sum, 'movement', noMovement), ...movements.map(({ id }) => id)];
    },
  },
  {
    asked: 'Which customer is this?',
    answer: async (user, { customer }) => {
      await user.search(customer);
      return user.read(user.page.locator('.named-facts, main .scroll').first().or(user.page.locator('main tbody tr')));
    },
    truth: async (api, { customer }) => {
      const { name, pairs } = await api<CustomerDetail>(`/customers/${customer}`);
      const inLedgers = pairs.flatMap(({ target, reference }) => [target, ...Object.values(reference ?? {})]);
      return [customer, ...(name === null ? [] : [plain(name)]), ...inLedgers];
    },
  },
  {
    asked: 'Who decided what?',
    answer: async (user) => {
      await user.enter('Audit');
      return user.read(listOf(user).locator('tbody tr'));
    },
    truth: async (api) => {
      const { rows } = await api<AuditPage>('/audit?limit=50');
      return rows.flatMap(({ name, action, reason }) => [name, action, ...(reason === null ? [] : [plain(reason)])].slice(0, 3));
    },
  },
  {
    asked: 'Does the day add up?',
    answer: async (user) => {
      const events = await user.read(user.page.getByText(/^(Adds up|Does not add up)/));
      await user.enter('Books');
      return `${events} | ${await user.read(user.page.locator('section', { hasText: 'Clearing' }).locator('tbody tr'))}`;
    },
    truth: async (api) => {
      const { ledgers } = await api<BooksView>('/books');
      return [
        'Adds up',
        ...ledgers.flatMap(({ target, clearing }) => [target, ...clearing.map(({ difference }) => moneyText(difference))]),
      ];
    },
  },
  {
    asked: 'Give me a file of it.',
    answer: async (user) => {
      await user.enter('Payments');
      await user.page.locator('main a[data-export]').waitFor(); // Today has none: the room is there
      const saved = user.page.waitForEvent('download');
      await user.press('e');
      const file = (await saved).suggestedFilename();
      return `${file}: ${await user.read(user.page.locator('.export [role=status]'))}`;
    },
    truth: async (api) => [`payments.csv: ${(await api<SumView>('/payments/totals')).count} payments saved.`],
  },
  {
    asked: 'Is it safe to close the day?',
    answer: (user) => user.read(user.page.locator('.closing')),
    truth: async (api) => {
      const { toDo, money, clearing } = await api<TodayView>('/today');
      const open = toDo.length > 0 || money.some(({ onItsWay, needsPerson }) => onItsWay.count + needsPerson.count > 0);
      const differs = clearing.some((ledger) => ledger.clearing.some(({ difference }) => BigInt(difference.minor) !== 0n));
      return open || differs || clearing.length === 0 ? ['is not safe to close'] : ['safe to close', 'Stripe'];
    },
  },
];
