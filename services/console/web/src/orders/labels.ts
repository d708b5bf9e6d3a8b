/** States of orders. */
export const orderStateLabels = {
  'waiting-approval': 'Waits for a second person',
  running: 'Running',
  paused: 'Paused',
  cancelling: 'Being cancelled',
  cancelled: 'Cancelled',
  done: 'Done',
  refused: 'Refused',
  expired: 'Expired',
} as const;

/** What orders do, as a verb. */
export const orderVerbs: Readonly<Record<string, string>> = { replay: 'Replay', skip: 'Skip', resolve: 'Resolve' };

/** What came of a letter of an order. */
export const orderResultLabels: Readonly<Record<string, string>> = {
  replayed: 'went through',
  skipped: 'skipped',
  resolved: 'resolved',
  'dead-again': 'failed again',
  'not-applicable': 'was not needed any more',
};

/** The result of a letter in words; one that is not known as it is. */
export function resultText(result: string): string {
  return Object.hasOwn(orderResultLabels, result) ? (orderResultLabels[result] ?? result) : result;
}

/** Why an order was stopped before its end. */
export const stopTexts: Readonly<Record<string, string>> = {
  'order.author-lost-right': 'The rights of whoever gave or approved it changed since: what was not dispatched stays a dead letter.',
  'order.approval-expired': 'Nobody approved it in time, or its approval has expired: what was not dispatched stays a dead letter.',
};
