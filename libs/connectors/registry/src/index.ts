export {
  connectorFor,
  connectorsOf,
  defaultTargetKind,
  environmentOf,
  shippedTargets,
  targetKindNames,
  UnknownTargetKindError,
} from './target-registry.js';
export { parseTargetList, targetListPattern } from './target-list.js';
