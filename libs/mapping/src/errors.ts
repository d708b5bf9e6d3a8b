import { PipelineError } from '@tributary/domain';

/** The posting profile names no bank account for this currency. */
export class CurrencyUnmappedError extends PipelineError {
  readonly code = 'mapping.currency-unmapped';
  readonly disposition = 'reject';
}

/** Nothing tells who paid, and the profile has no walk-in customer. */
export class CustomerUnmatchedError extends PipelineError {
  readonly code = 'mapping.customer-unmatched';
  readonly disposition = 'reject';
}

/** A value does not fit its field of the ERP document: too long, missing, of another type. */
export class MappingValueError extends PipelineError {
  readonly code = 'mapping.value-invalid';
  readonly disposition = 'reject';
}

/** An expression of an asset cannot be evaluated for this fact. */
export class MappingEvaluationError extends PipelineError {
  readonly code = 'mapping.evaluation-failed';
  readonly disposition = 'reject';
}
