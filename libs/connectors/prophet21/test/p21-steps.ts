import { slowAnswerMs } from '@tributary/connector-kit/conformance';
import type { Fault, Step } from '@tributary/connector-kit/conformance';

/** The emulator's fault for each word of the suite, as far as Prophet 21 has such a thing. */
export const faultOf: Readonly<Partial<Record<Fault, object>>> = {
  'lose-answer-after-commit': { kind: 'commit-then-drop-connection' },
  'bad-gateway-after-commit': { kind: 'commit-then-502' },
  'silence-after-commit': { kind: 'commit-then-stall' },
  silence: { kind: 'stall' },
  refuse: { kind: 'down' },
  'server-error': { kind: 'status', status: 500 },
  throttle: { kind: 'status', status: 429 },
  'period-closed': { kind: 'period-closed' },
  slow: { kind: 'delay', delayMs: slowAnswerMs },
};

const calls: Readonly<Record<string, { readonly post: object; readonly find: object }>> = {
  customer: { post: { method: 'POST', service: 'entity/customers' }, find: { service: 'odata', operation: 'customer' } },
  'cash-receipt': {
    post: { method: 'POST', service: 'transaction', operation: 'CashReceipts' },
    find: { service: 'odata', operation: 'ar_payment_details' },
  },
  'credit-memo': { post: { method: 'POST', service: 'transaction', operation: 'RMA' }, find: { service: 'odata', operation: 'oe_hdr' } },
  journal: { post: { method: 'POST', service: 'accounting/gl' }, find: { service: 'odata', operation: 'gl' } },
};

/** The call that a step of the suite is. P21 has no batches. */
export function callOf(step: Step): object {
  if (typeof step === 'string') throw new Error(`Prophet 21 has no step ${step}`);
  const [name, kind] = 'post' in step ? (['post', step.post] as const) : (['find', step.find] as const);
  const found = calls[kind];
  if (!found) throw new Error(`no calls are known of ${kind}`);
  return found[name];
}
