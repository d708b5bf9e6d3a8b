import type { Capability } from '../capability.js';
import type { ConformanceCase } from '../case.js';
import { lostAnswersCases, slowAnswersCases } from './answers.js';
import { assignedBatchesCases, namedBatchesCases, noBatchesCases } from './batches.js';
import { amountsCases, textLimitsCases } from './contents.js';
import { createOnceCases } from './create-once.js';
import { declarationCases } from './declaration.js';
import { describedCallsCases } from './described-calls.js';
import { discardCases } from './discard.js';
import { conflictsCases, errorsCases, throttlingCases, validationCases } from './errors.js';
import { halfDocumentsCases } from './half-documents.js';
import { clearingCases, effectCases, ledgerReadsCases, trialBalanceCases } from './ledger.js';
import { linedDocumentsCases } from './lined-documents.js';
import { listsAndMarksCases } from './lists-and-marks.js';
import { lookUpsCases } from './look-ups.js';
import { closedPeriodCases, periodRefusalCases, periodsCases } from './periods.js';
import { secretsCases } from './secrets.js';
import { versionedUpsertCases } from './versioned-upsert.js';

/** The cases of each capability. */
export const casesOf: Readonly<Record<Capability, readonly ConformanceCase[]>> = {
  declaration: declarationCases,
  'create-once': createOnceCases,
  'versioned-upsert': versionedUpsertCases,
  'lined-documents': linedDocumentsCases,
  'half-documents': halfDocumentsCases,
  discard: discardCases,
  'look-ups': lookUpsCases,
  'lists-and-marks': listsAndMarksCases,
  'batches-named': namedBatchesCases,
  'batches-assigned': assignedBatchesCases,
  'batches-none': noBatchesCases,
  periods: periodsCases,
  'closed-period': closedPeriodCases,
  'period-refusal': periodRefusalCases,
  'ledger-reads': ledgerReadsCases,
  clearing: clearingCases,
  effect: effectCases,
  'trial-balance': trialBalanceCases,
  errors: errorsCases,
  validation: validationCases,
  throttling: throttlingCases,
  conflicts: conflictsCases,
  'lost-answers': lostAnswersCases,
  'slow-answers': slowAnswersCases,
  secrets: secretsCases,
  amounts: amountsCases,
  'text-limits': textLimitsCases,
  'described-calls': describedCallsCases,
};
