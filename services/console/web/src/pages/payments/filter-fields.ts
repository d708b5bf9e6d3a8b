import type { FilterField } from '../../components/filter-form.js';
import { reconciliationLabels, stateLabels } from '../../recon/labels.js';

const yesOrNo = { true: 'Yes', false: 'No' };
const minorHint = 'Minor units: 22355 is 223.55 EUR';

/** Filters of the list of payments that are set in its form; where payments stand is chosen by the tabs. */
export const filterFields: readonly FilterField[] = [
  { name: 'from', label: 'Received from', as: 'day' },
  { name: 'to', label: 'Received before', as: 'day' },
  { name: 'currency', label: 'Currency', as: 'text', hint: 'EUR' },
  { name: 'customer', label: 'Customer', as: 'text', hint: 'cus_...' },
  { name: 'target', label: 'Target', as: 'text' },
  { name: 'state', label: 'Event', as: 'choice', choices: stateLabels },
  { name: 'reconciliation', label: 'Ledger', as: 'choice', choices: reconciliationLabels },
  { name: 'hasRefund', label: 'Refunded', as: 'choice', choices: yesOrNo },
  { name: 'hasDispute', label: 'Disputed', as: 'choice', choices: yesOrNo },
  { name: 'minMinor', label: 'At least', as: 'text', hint: minorHint },
  { name: 'maxMinor', label: 'At most', as: 'text', hint: minorHint },
];
