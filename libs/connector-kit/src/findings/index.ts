export { AnswerDates, clockFinding, clockOffsetFinding } from './clock-finding.js';
export { accountFindings, cannotBeKnown, dayIn, finding, passed, periodFinding, zoneFinding } from './erp-finding.js';
export type { ErpFinding, ErpFindingSubject, ErpNeeds } from './erp-finding.js';
export { findingCodes } from './finding-codes.js';
export type { FindingCode } from './finding-codes.js';
export type { FindingLevel, FindingText } from './finding-text.js';
export { checkService } from './service-check.js';
export type { CheckedService } from './service-check.js';
