import type { CustomersPage, MovementsPage, PaymentsPage } from '@tributary/contracts';
import type { Page } from 'playwright-core';
import { builtExports } from '../built.js';
import type { StackInBrowser } from './running-stack.js';

interface InHand {
  readonly payment: string;
  readonly customer: string;
  readonly payout: string;
}

interface User {
  readonly actions: number;
}

/** The questions as the console's own specs ask them (services/console/src/testing). */
interface Asking {
  readonly mostActionsOfAQuestion: number;
  readonly CountingUser: new (page: Page) => User;
  readonly tenQuestions: readonly {
    readonly asked: string;
    answer(user: User, inHand: InHand): Promise<string>;
    truth(api: StackInBrowser['api'], inHand: InHand): Promise<readonly string[]>;
  }[];
}

/** One question, as it was answered on the running stack. */
export interface Answered {
  readonly asked: string;
  readonly actions: number;
  readonly answer: string;
  /** What recon's API says, and the answer does not; empty: it is right. */
  readonly lacks: readonly string[];
  readonly isGood: boolean;
}

/** Asks the accountant's ten questions in the browser, each from the first page, and compares each answer with recon's API. */
export async function askQuestions(stack: StackInBrowser): Promise<Answered[]> {
  const { tenQuestions, CountingUser, mostActionsOfAQuestion } = await builtExports<Asking>('console/dist', [
    'testing/ten-questions.js',
    'testing/counting-user.js',
  ]);
  const inHand = await takeInHand(stack);
  const answered: Answered[] = [];
  for (const question of tenQuestions) {
    const page = await stack.open('/', { viewport: { width: 1400, height: 900 } });
    const user = new CountingUser(page);
    const answer = await question.answer(user, inHand).catch((error: unknown) => `no answer: ${String(error)}`);
    const truth = await question.truth(stack.api, inHand);
    const lacks = truth.filter((text) => !answer.includes(text));
    const isGood = truth.length > 0 && lacks.length === 0 && user.actions <= mostActionsOfAQuestion;
    answered.push({ asked: question.asked, actions: user.actions, answer, lacks, isGood });
    await page.close();
  }
  return answered;
}

/** A payment, its customer and a payout of the day that is on the stack. */
async function takeInHand({ api }: StackInBrowser): Promise<InHand> {
  const { payments } = await api<PaymentsPage>('/payments?standing=inLedger&limit=50');
  const { customers } = await api<CustomersPage>('/customers?state=paired&limit=1');
  const { movements } = await api<MovementsPage>('/movements?kind=paidOut&limit=50');
  const payouts = await Promise.all(
    movements.map(async ({ about }) =>
      (await api<MovementsPage>(`/movements?payout=${about ?? ''}&limit=1`)).movements.length > 0 ? about : null,
    ),
  );
  const [payment, customer, payout] = [
    payments.find(({ chargeId }) => chargeId !== null)?.chargeId,
    customers[0]?.customerId,
    payouts.find((id) => id !== null),
  ];
  if (!payment || !customer || !payout) throw new Error('the stack has no payment, customer or payout to ask about');
  return { payment, customer, payout };
}
