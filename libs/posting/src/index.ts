export { batchIdOf, defaultBatchPolicy, stepBatch, takesDocuments } from './batch.js';
export type { Batch, BatchEffect, BatchInput, BatchPolicy, BatchStep } from './batch.js';
export { step, supersededText } from './step.js';
export { defaultPostingPolicy, newPosting } from './types.js';
export type {
  Answer,
  Decision,
  EarlierConclusion,
  Effect,
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
