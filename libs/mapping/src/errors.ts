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

/** The expressions of an event would take more steps than one event may: a loop in a flow or mapping goes over too much. */
export class MappingBudgetError extends PipelineError {
  readonly code = 'mapping.budget-exceeded';
  readonly disposition = 'reject';
}

/** The posting profile names no account for this role, or none for this currency. */
export class AccountUnmappedError extends PipelineError {
  readonly code = 'mapping.account-unmapped';
  readonly disposition = 'reject';
}

/** A canonical document breaks a rule: totals that are not its lines, two currencies, a handle twice, a journal that does not balance, too large. */
export class DocumentInvalidError extends PipelineError {
  readonly code = 'mapping.document-invalid';
  readonly disposition = 'reject';
}

/** What a document does to the books does not balance. The text names the asset file, the line, and the two sums. */
export class PostingUnbalancedError extends PipelineError {
  readonly code = 'posting.unbalanced';
  readonly disposition = 'reject';
}

/** A flow asks a person; nothing is posted for the fact until there is an answer. The code is that of the question in the flow. */
export class FlowQuestionError extends PipelineError {
  readonly disposition = 'hold';

  /** @param code code of the question: `refund.approval`. */
  constructor(
    readonly code: string,
    message: string,
    context: Readonly<Record<string, string>>,
  ) {
    super(message, context);
  }
}
