import type { CallKind, PostingOutcome } from '@tributary/connector-kit';
import { CallNotDoneError, CallSilentError, ErpSilentError, ErpUnauthorisedError } from '@tributary/connector-kit';
import { PipelineError } from '@tributary/domain';

/** The web layer, or something in front of it, answered with a refusal: an HTTP error, or a 200 with a text. */
export class SlRefusedError extends Error {
  constructor(
    readonly call: string,
    readonly kind: CallKind,
    /** 200 for a refusal in `errorMessage`. */
    readonly status: number,
    readonly text: string,
    readonly retryAfterMs?: number,
  ) {
    super(status === 200 ? `${call}: ${text}` : `${call}: HTTP ${status}: ${text}`);
    this.name = 'SlRefusedError';
  }
}

/** No answer, or none that could be read. */
export class SlSilentError extends CallSilentError {}

/** Refused by us before any call: a text longer than its column, an amount that is not exact, a reference that somebody else has. */
export class SlNotDoneError extends CallNotDoneError {}

/** Nothing can be asked: the site or the configuration does not name what the call needs. */
export class SlNotSetUpError extends Error {
  override readonly name = 'SlNotSetUpError';
}

/** Every call is refused until a person acts: licence, login, key of the site. Texts assumed (section 2.4), so matched loosely. */
const unauthorisedText =
  /licen[cs]e|not authori[sz]ed|invalid (?:user|password|login|site ?id|site ?key)|access (?:is )?denied|(?:login|password|user ?name|site ?key|token|credentials)\W+(?:\w+\W+){0,3}?(?:invalid|incorrect|expired|unknown|wrong|fail)/i;
/** Somebody else works on the row or the company. Nothing was done; later it may. */
const conflictText = /in use by|is locked|locked by|another (?:user|process)|deadlock|please try again/i;
const busyText = /too many (?:requests|users|connections)|server (?:is )?(?:too )?busy/i;
/** The database gave up: whether the transaction was rolled back is not known. */
const timeOutText = /time-?out|timed out/i;
/** The period of the document is closed. */
const periodText = /period\b.*\bclosed|closed\b.*\bperiod/i;
/** A document or customer with this key is there. */
const duplicateText = /already exists|duplicate/i;

/** Whether the web layer says that a document or customer with that key is there already. */
export function isDuplicate(error: unknown): error is SlRefusedError {
  return error instanceof SlRefusedError && error.status === 200 && duplicateText.test(error.text);
}

/** Whether the web layer refuses the login, the key of the site or the licence: then it did nothing. */
export function isUnauthorised(error: unknown): boolean {
  return error instanceof SlRefusedError && outcomeOf(error, { retryMs: 0 }).kind === 'unauthorised';
}

/** How long to wait when the web layer is busy, ms. */
export interface OutcomeOptions {
  readonly retryMs: number;
}

/** What a call that threw means for the document it was made for. Errors of our own code are thrown on. */
export function outcomeOf(error: unknown, options: OutcomeOptions): PostingOutcome {
  if (error instanceof SlNotDoneError)
    return { kind: 'rejected', code: error.code, text: error.message, ...(error.field ? { field: error.field } : {}) };
  if (error instanceof SlNotSetUpError) return { kind: 'unavailable', code: 'sl.not-set-up', text: error.message };
  if (error instanceof SlSilentError)
    return error.sent && error.kind === 'write'
      ? { kind: 'unknown', text: error.message }
      : { kind: 'unavailable', code: error.sent ? 'sl.silent' : 'sl.unreachable', text: error.message };
  if (error instanceof SlRefusedError) return error.status === 200 ? ofText(error, options) : ofStatus(error, options);
  throw error;
}

function ofText({ text: said, kind, message: text }: SlRefusedError, { retryMs }: OutcomeOptions): PostingOutcome {
  if (unauthorisedText.test(said)) return { kind: 'unauthorised', text };
  if (conflictText.test(said)) return { kind: 'conflict', text };
  if (busyText.test(said)) return { kind: 'throttled', retryAfterMs: retryMs, text };
  if (timeOutText.test(said)) return kind === 'write' ? { kind: 'unknown', text } : { kind: 'unavailable', code: 'sl.silent', text };
  // A look-up is the same for every document: when it is refused, the site is not set up for us (a view, a right).
  if (kind === 'lookup') return { kind: 'unavailable', code: 'sl.not-set-up', text };
  if (periodText.test(said)) return { kind: 'rejected', code: 'sl.period-closed', text, periodClosed: true };
  return { kind: 'rejected', code: 'sl.business-rule', text };
}

function ofStatus({ status, kind, message: text, retryAfterMs }: SlRefusedError, { retryMs }: OutcomeOptions): PostingOutcome {
  if (status === 401 || status === 403) return { kind: 'unauthorised', text };
  if (status === 429) return { kind: 'throttled', retryAfterMs: retryAfterMs ?? retryMs, text };
  if (status === 503) return { kind: 'unavailable', code: 'sl.unavailable', text };
  // 500 is a crash, 502 and 504 come from a proxy: a write may have been committed behind them (section 8).
  if (status >= 500 || status === 408)
    return kind === 'write' ? { kind: 'unknown', text } : { kind: 'unavailable', code: 'sl.unavailable', text };
  if (kind === 'lookup' || status === 404 || status === 405 || status < 400) return { kind: 'unavailable', code: 'sl.not-set-up', text };
  if (status === 409) return { kind: 'conflict', text };
  return { kind: 'rejected', code: `sl.http-${status}`, text };
}

/** The error of a look-up that got no usable answer. Errors of our own code, and ours already, are passed on. */
export function lookupErrorOf(error: unknown): unknown {
  if (error instanceof PipelineError) return error;
  if (error instanceof SlNotSetUpError) return new ErpSilentError(error.message, {}, { cause: error });
  if (error instanceof SlSilentError) return new ErpSilentError(error.message, { call: error.call }, { cause: error });
  if (!(error instanceof SlRefusedError)) return error;
  const refused = { call: error.call, status: String(error.status) };
  return outcomeOf(error, { retryMs: 0 }).kind === 'unauthorised'
    ? new ErpUnauthorisedError(error.message, refused, { cause: error })
    : new ErpSilentError(error.message, refused, { cause: error });
}
