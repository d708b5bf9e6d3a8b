import type { NotificationSeverity } from '@tributary/contracts';

/** One thing that an installation is told about. */
export interface Condition {
  /** Stable; configuration, messages and the console name it. */
  readonly code: string;
  /** The alert of docs/alerts/prometheus-rules.yaml that means the same; null: it has none. */
  readonly alert: string | null;
  readonly severity: NotificationSeverity;
  /** It holds while the figure is greater than this. */
  readonly threshold: number;
  /** It is told of after it has held for so long, ms. */
  readonly forMs: number;
  readonly runbook: string;
  /** Page of the console that lists what is counted; null: there is none. */
  readonly page: string | null;
  /**
   * One sentence. No amount: where one payment is counted the sum is that of one person.
   * @param about what it is about among others of its condition. @param count the figure.
   */
  readonly says: (about: string, count: number) => string;
}

const minute = 60_000;
const hour = 60 * minute;
const counted = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);
const payments = (count: number): string => counted(count, 'payment', 'payments');
const longTime = (seconds: number): string =>
  seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3_600)} hours`;

const money = [
  {
    ...{ code: 'dead-letters', alert: 'TributaryDeadLetters', severity: 'critical', threshold: 0, forMs: 0 },
    ...{ runbook: 'docs/runbooks/dead-letters.md', page: '/dead-letters?state=notClosed' },
    says: (about, count) => `A person has to look at ${counted(count, 'dead letter', 'dead letters')} of cause ${about}.`,
  },
  {
    ...{ code: 'sequences-blocked', alert: 'TributarySequencesBlocked', severity: 'warning', threshold: 0, forMs: 30 * minute },
    ...{ runbook: 'docs/runbooks/dead-letters.md', page: '/parked' },
    says: (_about, count) => `${counted(count, 'message waits', 'messages wait')} behind a failed one.`,
  },
  {
    ...{ code: 'postings-held', alert: 'TributaryPostingHeld', severity: 'critical', threshold: 0, forMs: 0 },
    ...{ runbook: 'docs/runbooks/held-postings.md', page: '/dead-letters?state=notClosed' },
    says: (about, count) => `${counted(count, 'posting', 'postings')} to ${about} ended nobody knows how; only a person can say.`,
  },
  {
    ...{ code: 'ledger-differs', alert: 'TributaryLedgerDiffers', severity: 'critical', threshold: 0, forMs: 10 * minute },
    ...{ runbook: 'docs/runbooks/breaks.md', page: '/documents?state=open' },
    says: (_about, count) =>
      `${counted(count, 'document is', 'documents are')} gone from the ledger, or did something else to it than was asked for.`,
  },
  {
    ...{ code: 'payment-not-posted', alert: 'TributaryPaymentNotPosted', severity: 'critical', threshold: 3_600, forMs: 5 * minute },
    ...{ runbook: 'docs/runbooks/breaks.md', page: '/payments?standing=onItsWay' },
    says: (_about, seconds) => `The oldest payment that is on its way to the ledger has waited for ${longTime(seconds)}.`,
  },
  {
    ...{ code: 'needs-person', alert: 'TributaryNeedsPerson', severity: 'warning', threshold: 0, forMs: hour },
    ...{ runbook: 'docs/runbooks/breaks.md', page: '/payments?standing=needsPerson' },
    says: (_about, count) => `${payments(count)} ${count === 1 ? 'waits' : 'wait'} for a person.`,
  },
  {
    ...{ code: 'breaks', alert: 'TributaryBreaks', severity: 'critical', threshold: 0, forMs: 15 * minute },
    ...{ runbook: 'docs/runbooks/breaks.md', page: '/payments' },
    says: (about, count) => `${payments(count)} ${count === 1 ? 'is' : 'are'} ${about} when Stripe and the ledger are compared.`,
  },
  {
    ...{ code: 'events-stuck', alert: 'TributaryEventsStuck', severity: 'warning', threshold: 0, forMs: 30 * minute },
    ...{ runbook: 'docs/runbooks/group-stopped.md', page: '/events?stuck=true' },
    says: (_about, count) => `${counted(count, 'event of Stripe was', 'events of Stripe were')} received and not translated.`,
  },
  {
    ...{ code: 'money-at-risk', alert: 'TributaryMoneyAtRisk', severity: 'critical', threshold: 0, forMs: 4 * hour },
    ...{ runbook: 'docs/runbooks/dead-letters.md', page: '/dead-letters?state=notClosed' },
    says: (about) => `Dead letters and what waits behind them hold money in ${about}.`,
  },
  {
    ...{ code: 'clearing-differs', alert: 'TributaryClearingDiffers', severity: 'critical', threshold: 0, forMs: 2 * hour },
    ...{ runbook: 'docs/runbooks/breaks.md', page: '/books' },
    says: (about) => `A clearing account differs from Stripe's balance: ${about}.`,
  },
  {
    ...{ code: 'books-unbalanced', alert: 'TributaryBooksUnbalanced', severity: 'critical', threshold: 0, forMs: 30 * minute },
    ...{ runbook: 'docs/runbooks/breaks.md', page: '/books' },
    says: (_about, count) => `${counted(count, 'journal or currency has', 'journals or currencies have')} other debits than credits.`,
  },
] as const satisfies readonly Condition[];

const operation = [
  {
    ...{ code: 'approval-waits', alert: 'TributaryApprovalWaits', severity: 'warning', threshold: 0, forMs: 12 * hour },
    ...{ runbook: 'docs/runbooks/approvals.md', page: null },
    says: (_about, count) => `${counted(count, 'order waits', 'orders wait')} for a second person.`,
  },
  {
    ...{ code: 'target-paused', alert: 'TributaryTargetPaused', severity: 'warning', threshold: 0, forMs: 8 * hour },
    ...{ runbook: 'docs/runbooks/erp-away.md', page: null },
    says: (about) => `Somebody paused ${about}; nothing is posted there until it is resumed.`,
  },
  {
    ...{ code: 'lag', alert: 'TributaryLag', severity: 'warning', threshold: 10_000, forMs: 15 * minute },
    ...{ runbook: 'docs/runbooks/group-stopped.md', page: null },
    says: (_about, count) => `The figures of recon are old: it is ${count} messages behind.`,
  },
  {
    ...{ code: 'audit-chain', alert: null, severity: 'critical', threshold: 0, forMs: 0 },
    ...{ runbook: 'docs/runbooks/audit.md', page: '/audit' },
    says: () => 'The audit trail was changed, cut off or rewritten: `tributary audit verify` names the first row.',
  },
  {
    ...{ code: 'notifications-given-up', alert: 'TributaryNotificationsGivenUp', severity: 'critical', threshold: 0, forMs: 0 },
    ...{ runbook: 'docs/runbooks/notifications.md', page: '/notifications' },
    says: (about, count) => `${counted(count, 'message', 'messages')} to route ${about} could not be delivered within the last day.`,
  },
] as const satisfies readonly Condition[];

/** Every condition that recon watches. docs/how-to/notifications.md lists them. */
export const conditions: readonly Condition[] = [...money, ...operation];

/** Code of a condition. */
export type ConditionCode = (typeof money)[number]['code'] | (typeof operation)[number]['code'];
