import type { StepView } from '@tributary/contracts';
import { isoTime } from '../../shared/decide/storable-text.js';

/** An order about a dead letter of the payment, as it is stored. */
export interface OrderRow {
  readonly id: string;
  readonly letter_id: string;
  readonly action: string;
  readonly answer: string | null;
  readonly edited: boolean;
  readonly reason: string;
  readonly ordered_by: string;
  readonly ordered_at: Date;
  readonly approved_by: string | null;
  readonly approval_reason: string | null;
  readonly approved_at: Date | null;
  readonly refused_by: string | null;
  readonly refusal_reason: string | null;
  readonly cancelled_by: string | null;
  readonly cancel_reason: string | null;
  readonly ended_at: Date | null;
  /** How the order ended for this letter; null while it has not. */
  readonly result: string | null;
  readonly closed_at: Date | null;
}

/** What somebody decided about the group that a document is released with, from the audit trail. */
export interface GroupDecisionRow {
  readonly sequence: string;
  readonly at: Date;
  readonly name: string;
  readonly action: string;
  readonly object: string;
  readonly target: string | null;
  readonly reason: string | null;
}

const actionWords: Readonly<Record<string, string>> = {
  replay: 'to try it again',
  skip: 'to leave it out',
  resolve: 'that a document of the ledger stands for it',
};

const resultWords: Readonly<Record<string, string>> = {
  replayed: 'it was tried again',
  skipped: 'it was left out',
  resolved: 'a document of the ledger stands for it',
  'dead-again': 'it failed again',
  'not-applicable': 'there was nothing to do any more',
};

const groupWords: Readonly<Record<string, string>> = {
  'group.release-ordered': 'ordered the release of its group',
  'group.release-asked': 'asked for the release of its group, which needs a second person',
  'group.release-approved': 'approved the release of its group',
  'group.release-refused': 'refused the release of its group',
  'group.release-stopped': 'stopped the release of its group',
};

const word = (words: Readonly<Record<string, string>>, key: string): string => (Object.hasOwn(words, key) ? (words[key] ?? key) : key);

/** What people decided about a payment, as steps. Never throws: an unknown word is shown unchanged. */
export function decisionSteps(orders: readonly OrderRow[], groups: readonly GroupDecisionRow[]): StepView[] {
  return [...orders.flatMap(orderSteps), ...groups.map(groupStep)];
}

function orderSteps(order: OrderRow): StepView[] {
  const ids = { order: order.id, letter: order.letter_id };
  const step = (at: Date | null, title: string, text: string | null): StepView[] => {
    const iso = isoTime(at);
    return iso === null ? [] : [{ at: iso, stage: 'decision', title, ids, text, evidence: { kind: 'order', id: order.id } }];
  };
  const ordered = order.answer === null ? `ordered ${word(actionWords, order.action)}` : `answered "${order.answer}"`;
  return [
    ...step(order.ordered_at, `${order.ordered_by} ${ordered}${order.edited ? ', with another content' : ''}`, order.reason),
    ...(order.approved_by === null ? [] : step(order.approved_at, `${order.approved_by} approved the order`, order.approval_reason)),
    ...(order.refused_by === null ? [] : step(order.ended_at, `${order.refused_by} refused the order`, order.refusal_reason)),
    ...(order.cancelled_by === null ? [] : step(order.ended_at, `${order.cancelled_by} cancelled the order`, order.cancel_reason)),
    ...(order.result === null ? [] : step(order.closed_at, `The order was carried out: ${word(resultWords, order.result)}`, null)),
  ];
}

function groupStep({ sequence, at, name, action, object, target, reason }: GroupDecisionRow): StepView {
  return {
    at: isoTime(at) ?? '',
    stage: 'decision',
    title: `${name} ${word(groupWords, action)}`,
    ids: { group: object.replace(/^group:/, ''), ...(target === null ? {} : { target }) },
    text: reason,
    evidence: { kind: 'audit', id: sequence },
  };
}
