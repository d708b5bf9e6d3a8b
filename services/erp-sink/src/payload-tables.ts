import { parkedPayloads } from '@tributary/messaging';
import type { PayloadTable } from '@tributary/persistence';
import { callPayloads, outcomePayloads, postingPayloads } from './emit/ledger/ledger-payloads.js';

/** Every table of erp-sink with columns that are encrypted anew under another key. */
export const erpSinkPayloads: readonly PayloadTable[] = [postingPayloads, outcomePayloads, callPayloads, parkedPayloads('erp_sink')];
