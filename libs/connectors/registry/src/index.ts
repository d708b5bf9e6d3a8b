export { certificateFinding } from './certificate-findings.js';
export { checkTarget } from './check-target.js';
export type { CheckOptions } from './check-target.js';
export {
  connectorFor,
  connectorsOf,
  defaultTargetKind,
  environmentOf,
  placeVariablesOf,
  shippedTargets,
  targetKindNames,
  UnknownTargetKindError,
} from './target-registry.js';
export { parseTargetList, targetListPattern } from './target-list.js';
