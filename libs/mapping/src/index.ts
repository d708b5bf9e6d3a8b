export { checkAssets } from './advice/check-assets.js';
export type { AssetFinding } from './advice/asset-finding.js';
export type { CheckAssetsOptions } from './advice/check-assets.js';
export type { Assets } from './assets/assets.js';
export type { AssetFile } from './assets/asset-reader.js';
export { bookSettings } from './assets/profile-books.js';
export type { RoleRow, RoleTable } from './assets/role-table.js';
export type { AssetBundle } from './bundle.js';
export { compileAssets, readAssets } from './compile-assets.js';
export type { CompiledAssets } from './compile-assets.js';
export type { AssetFunction } from './cel/asset-function.js';
export { assetFunctions } from './cel/asset-functions.js';
export { canonicalJson, documentDigest } from './digest.js';
export {
  AccountUnmappedError,
  CurrencyUnmappedError,
  CustomerUnmatchedError,
  DocumentInvalidError,
  FlowQuestionError,
  MappingBudgetError,
  MappingEvaluationError,
  MappingValueError,
  PostingUnbalancedError,
} from './errors.js';
export { recordTypeOf } from './language.js';
export type { AssetLanguage, FieldType, RecordType } from './language.js';
export type { MovementGroup } from './books/movement-lines.js';
export type { TargetBooks } from './books/target-books.js';
export { suspenseRole } from './books/role-of.js';
export { needsSharedFlows, sharedFolder } from './needs-shared-flows.js';
export { formatProblem } from './problem.js';
export type { AssetProblem } from './problem.js';
export { route, routeIgnoredReasons } from './route.js';
export type { RoutingResult, RouteIgnoredReason } from './route.js';
export type { IdentifiedPostingRequest, RoutedFact } from './routed-fact.js';
export { canonicalEvents, shippedLanguage } from './shipped-language.js';
