import { slowAnswerMs } from '@tributary/connector-kit/conformance';
import type { Fault, Step } from '@tributary/connector-kit/conformance';

/** The emulator's fault for each word of the suite. */
export const faultOf: Readonly<Record<Fault, object>> = {
  'lose-answer-after-commit': { kind: 'commit-then-drop-connection' },
  'bad-gateway-after-commit': { kind: 'commit-then-502' },
  'silence-after-commit': { kind: 'commit-then-stall' },
  silence: { kind: 'stall' },
  refuse: { kind: 'down' },
  'server-error': { kind: 'status', status: 500 },
  throttle: { kind: 'status', status: 429 },
  'stale-row': { kind: 'second-writer' },
  'lines-lost': { kind: 'header-only' },
  'line-dropped': { kind: 'line-dropped' },
  'line-doubled': { kind: 'line-doubled' },
  'period-closed': { kind: 'period-closed' },
  'release-stops': { kind: 'stuck-suspended' },
  slow: { kind: 'slow', delayMs: slowAnswerMs },
};

/** The service whose screen enters documents of a kind. */
export const serviceOf: Readonly<Record<string, string>> = {
  customer: 'customerMaintenance',
  'cash-receipt': 'paymentEntry',
  invoice: 'invoiceAndMemo',
  'credit-memo': 'invoiceAndMemo',
  'refund-payment': 'invoiceAndMemo',
  application: 'paymentApplication',
  journal: 'journalTransactions',
};

/** The call that a step of the suite is. */
export function callOf(step: Step): object {
  if (step === 'release-batch') return { operation: 'editScreen', actionType: 'RELEASENOW' };
  if (step === 'batch-state') return { service: 'quickQuery' };
  if (step === 'open-batch') throw new Error('SL opens no batch: it comes with its document');
  return 'post' in step ? { service: serviceOf[step.post] ?? '', writes: true } : { service: 'quickQuery' };
}
