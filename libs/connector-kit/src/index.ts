export type { BatchState, ErpBatch, ErpBatchKind, ErpBatchMode } from './erp-batch.js';
export type { ErpConnector } from './erp-connector.js';
export type { ErpDocument, ErpFields, ErpLine, ErpLineHandle, ErpProtocol, ErpReference } from './erp-document.js';
export type {
  ErpAccountBalance,
  ErpCall,
  ErpClearing,
  ErpDocumentState,
  ErpFound,
  ErpLedgerEntry,
  ErpListedDocument,
  ErpPage,
  ErpPeriod,
} from './erp-state.js';
export type { PostingOutcome } from './posting-outcome.js';
export {
  accountFindings,
  AnswerDates,
  cannotBeKnown,
  checkService,
  clockFinding,
  clockOffsetFinding,
  dayIn,
  finding,
  findingCodes,
  passed,
  periodFinding,
  zoneFinding,
} from './findings/index.js';
export type { CheckedService, ErpFinding, ErpFindingSubject, ErpNeeds, FindingCode, FindingLevel, FindingText } from './findings/index.js';
export { CallOutcomeError } from './call-outcome-error.js';
export { CallNotDoneError, CallSilentError } from './call-errors.js';
export type { CallKind } from './call-errors.js';
export { codeOfText } from './code-of-text.js';
export { decimalToken, exactJsonObject, readExactJson, readTokenJson, scalarText } from './exact-json.js';
export type { NumberToken, Scalar } from './exact-json.js';
export { LimitedCalls } from './limited-calls.js';
export { retryAfterOf, sendOnce } from './send-once.js';
export type { Fetch, SendResult } from './send-once.js';
export { ErpCannotLookUpError, ErpDuplicateDocumentError, ErpSilentError, ErpUnauthorisedError } from './errors.js';
export { neverSent, reasonOf } from './network-errors.js';
export {
  BearerTokens,
  clientCredentials,
  deviceSignIn,
  secretCredential,
  tokenCredential,
  tokenGrant,
  TokenRefusedError,
  TokenSilentError,
} from './oauth/index.js';
export type { Credential, DevicePrompt, IssuedToken, RefreshStore, SignIn, TokenGrant, TokenIssuer } from './oauth/index.js';
export { withNewSecret } from './with-new-secret.js';
export type { ExchangeObserver, HttpExchange } from './http-exchange.js';
export type { RequestPermit, TargetKind, TargetOptions } from './target-kind.js';
