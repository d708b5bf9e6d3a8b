import type { CallKind, PostingOutcome } from '@tributary/connector-kit';
import { CallNotDoneError, CallSilentError, ErpSilentError, ErpUnauthorisedError } from '@tributary/connector-kit';
import { PipelineError } from '@tributary/domain';
import type { ErrorAnswer } from './p21-error-answer.js';

/**
 * The one place that says what a failed call may have done. Source: docs/reference/prophet21.md sections 3, 4, 6, 7.7 and 9.
 */

/** P21, or something in front of it, answered with an error. */
export class P21RefusedError extends Error {
  constructor(
    readonly call: string,
    readonly kind: CallKind,
    readonly status: number,
    readonly answer: ErrorAnswer,
    readonly retryAfterMs?: number,
  ) {
    super(`${call}: HTTP ${status}: ${answer.text}`);
    this.name = 'P21RefusedError';
  }
}

/** No answer, or none that could be read. */
export class P21SilentError extends CallSilentError {}

/** P21 refused the document in an answer with status 200, or the document was refused here before the call. Certainly not stored. */
export class P21NotDoneError extends CallNotDoneError {}

/** Nothing was written, and a person has to set something up or to decide. */
export class P21HeldError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'P21HeldError';
  }
}

/** The credentials are refused, also after a new token was asked for; or the licence has ended. */
export class P21UnauthorisedError extends Error {
  constructor(
    readonly call: string,
    why: string,
  ) {
    super(`${call}: ${why}`);
    this.name = 'P21UnauthorisedError';
  }
}

/** A rule of P21's business logic, which answers 500 like a defect does (sections 6 and 7.7). */
const businessType = /BusinessException$/;
/** An error of the database layer, which is also what a refused record answers (section 7.1): only its text tells a refusal from a defect. */
const serverType = /P21ServerException$/;
const refusalText = /is required|is not valid|is invalid|does not exist|longer than|must be|already (exists|used)|is disabled|is closed/i;
const busyType = /SessionPool/i;
/** No session or seat is free (section 9; texts assumed, so matched loosely). */
const busyText = /(no|maximum|too many|all)\b.{0,40}\b(session|seat|licen[cs]e|user)s?\b|pool is exhausted|concurrent licen[cs]e/i;
/** The licence has ended (texts assumed). */
const licenceText = /licen[cs]e.{0,40}(expired|invalid|not valid|ended|revoked)|(expired|invalid) licen[cs]e|not licensed/i;
/** A dialog that an earlier failure left open: the work may be done already (section 4). */
export const leftDialogText = /unexpected response window/i;

const periodText = /period\b.*\bclosed|closed\b.*\bperiod/i;

/** How long to wait when no session is free, ms. */
export interface OutcomeOptions {
  readonly busyRetryMs: number;
}

/** What a call that threw means for the document it was made for. Errors of our own code are thrown on. */
export function outcomeOf(error: unknown, options: OutcomeOptions): PostingOutcome {
  if (error instanceof P21NotDoneError)
    return { kind: 'rejected', code: error.code, text: error.message, ...aboutIt(error.field, error.message) };
  if (error instanceof P21HeldError) return { kind: 'ambiguous', code: error.code, text: error.message };
  if (error instanceof P21UnauthorisedError) return { kind: 'unauthorised', text: error.message };
  if (error instanceof P21SilentError)
    return error.sent && error.kind === 'write'
      ? { kind: 'unknown', text: error.message }
      : { kind: 'unavailable', code: error.sent ? 'p21.silent' : 'p21.unreachable', text: error.message };
  if (error instanceof P21RefusedError) return outcomeOfRefusal(error, options);
  throw error;
}

function outcomeOfRefusal(error: P21RefusedError, { busyRetryMs }: OutcomeOptions): PostingOutcome {
  const { status, answer, message: text, kind } = error;
  if (isUnauthorised(error)) return { kind: 'unauthorised', text };
  if (isBusy(error)) return { kind: 'throttled', retryAfterMs: error.retryAfterMs ?? busyRetryMs, text };
  if (status === 503) return { kind: 'unavailable', code: 'p21.unavailable', text };
  if (kind === 'write' && leftDialogText.test(answer.text)) return { kind: 'unknown', text };
  if (kind === 'write' && isRule(answer)) return refusedByRule(error);
  // 500 without a rule hides what happened, 502 and 504 come from a proxy: a write may be stored behind them (section 10).
  if (status >= 500 || status === 408)
    return kind === 'write' ? { kind: 'unknown', text } : { kind: 'unavailable', code: 'p21.unavailable', text };
  // A look-up is the same for every document: when it is refused, a table, a column or a right is missing.
  if (kind === 'lookup' || status === 404 || status < 400) return { kind: 'unavailable', code: 'p21.not-set-up', text };
  if (status === 409) return { kind: 'conflict', text };
  return refusedByRule(error);
}

function refusedByRule({ status, answer }: P21RefusedError): PostingOutcome {
  const code = isRule(answer) ? 'p21.business-rule' : `p21.http-${status}`;
  return { kind: 'rejected', code, text: answer.text, ...aboutIt(answer.field, answer.text) };
}

/** Which field a refusal is about, and whether it is the fiscal period (text assumed, so matched loosely: section 13). */
function aboutIt(field: string | undefined, text: string): { readonly field?: string; readonly periodClosed?: true } {
  return { ...(field ? { field } : {}), ...(periodText.test(text) ? { periodClosed: true } : {}) };
}

function isRule({ type, text }: ErrorAnswer): boolean {
  return businessType.test(type) || (serverType.test(type) && refusalText.test(text));
}

/** Whether the credentials or the licence are refused. */
export function isUnauthorised({ status, answer }: P21RefusedError): boolean {
  return status === 401 || status === 403 || licenceText.test(answer.text);
}

function isBusy({ status, answer }: P21RefusedError): boolean {
  return status === 429 || busyType.test(answer.type) || busyText.test(answer.text);
}

/** The error of a look-up that got no usable answer. Errors of our own code, and ours already, are passed on. */
export function lookupErrorOf(error: unknown): unknown {
  if (error instanceof PipelineError) return error;
  if (error instanceof P21UnauthorisedError) return new ErpUnauthorisedError(error.message, { call: error.call }, { cause: error });
  if (error instanceof P21RefusedError && isUnauthorised(error))
    return new ErpUnauthorisedError(error.message, { call: error.call, status: String(error.status) }, { cause: error });
  if (error instanceof P21RefusedError || error instanceof P21SilentError)
    return new ErpSilentError(error.message, { call: error.call }, { cause: error });
  if (error instanceof P21HeldError) return new ErpSilentError(error.message, { code: error.code }, { cause: error });
  return error;
}

/** A read that the site may not allow or not have: a refusal counts as "not known" instead of failing what it is for. */
export async function allowed<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof P21RefusedError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * Reads what a call has just written. Whatever fails in it, the document may be stored: the outcome is `unknown`, never "not sent".
 */
export async function afterWrite<T>(call: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof P21RefusedError || error instanceof P21SilentError || error instanceof P21UnauthorisedError)
      throw new P21SilentError(call, 'write', true, `stored perhaps, reading it back failed: ${error.message}`, { cause: error });
    throw error;
  }
}
