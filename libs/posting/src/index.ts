export { batchIdOf, defaultBatchPolicy, newBatch, stepBatch, takesDocuments } from './batch.js';
export type { Batch, BatchEffect, BatchInput, BatchPolicy, BatchStep } from './batch.js';
export { amountDiffersCode } from './amount-differs.js';
export { effectProblem, unbalancedCode } from './effect-check.js';
export { neededKeys, noPrerequisites, prerequisitesOf } from './needs.js';
export type { Prerequisites, Standing } from './needs.js';
export { neverAskedCode } from './wait-for.js';
export { outcomeCodes } from './outcome-codes.js';
export { newerStateOf, nothingToChangeCode } from './set-aside.js';
export { supersededText } from './create-once.js';
export { meaningOf, resultMeanings } from './results.js';
export type { AnyResult, ResultMeaning } from './results.js';
export { step } from './step.js';
export { defaultPostingPolicy, isProtocol, newPosting, protocols } from './types.js';
export type {
  Answer,
  Decision,
  EarlierConclusion,
  Effect,
  HalfDocument,
  Input,
  Posting,
  PostingPolicy,
  PostingRequest,
  PostingState,
  Protocol,
  Reference,
  Result,
  Step,
} from './types.js';
export * from './ladder/index.js';
