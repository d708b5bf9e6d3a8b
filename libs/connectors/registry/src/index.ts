export {
  connectorFor,
  connectorsOf,
  defaultTargetKind,
  shippedTargets,
  targetKindNames,
  UnknownTargetKindError,
} from './target-registry.js';
