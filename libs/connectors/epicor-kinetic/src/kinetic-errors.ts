import type { CallKind, PostingOutcome } from '@tributary/connector-kit';
import { CallNotDoneError, CallSilentError, ErpSilentError, ErpUnauthorisedError } from '@tributary/connector-kit';
import { PipelineError } from '@tributary/domain';
import { readKineticJson } from './kinetic-json.js';

/**
 * The one place that reads Kinetic's error bodies and says what a failed call may have done.
 * Source: docs/reference/epicor-kinetic.md sections 3, 5 and 7.
 */

/** Kinetic, or something in front of it, answered with an error. */
export class KineticRefusedError extends Error {
  readonly retryAfterMs: number | undefined;
  /** The session the call was made in. */
  readonly sessionId: string | undefined;

  constructor(
    readonly call: string,
    readonly kind: CallKind,
    readonly status: number,
    readonly answer: ErrorAnswer,
    more: { readonly retryAfterMs?: number | undefined; readonly sessionId?: string | undefined } = {},
  ) {
    super(`${call}: HTTP ${status}: ${answer.text}`);
    this.name = 'KineticRefusedError';
    this.retryAfterMs = more.retryAfterMs;
    this.sessionId = more.sessionId;
  }
}

/** No answer, or none that could be read. */
export class KineticSilentError extends CallSilentError {}

/** Kinetic answered 200 without doing it: `opUpdateRan` false, `errorsOccurred` true, a posting that stopped. */
export class KineticNotDoneError extends CallNotDoneError {}

/** An error as Kinetic answered it. */
export interface ErrorAnswer {
  /** `BusinessObjectException`, the tail of ErrorType; '' when there is no body in Kinetic's shape. */
  readonly type: string;
  readonly text: string;
  /** `Table.Field` of the first detail that names one. */
  readonly field?: string;
}

/** Longest text taken over from an answer, characters. */
const maxText = 500;

/** Reads an error body: JSON, the same elements in XML (typical of refused logins), or plain text of a proxy. */
export function readErrorAnswer(body: string): ErrorAnswer {
  const parsed = body.trimStart().startsWith('<') ? fromXml(body) : fromJson(body);
  if (!parsed)
    return {
      type: '',
      text: shortened(
        body
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim() || 'no text',
      ),
    };
  const field = parsed.table && parsed.field ? `${parsed.table}.${parsed.field}` : parsed.field;
  return { type: parsed.type.split('.').at(-1) ?? '', text: shortened(parsed.message), ...(field ? { field } : {}) };
}

interface ErrorParts {
  readonly type: string;
  readonly message: string;
  readonly table?: string;
  readonly field?: string;
}

function fromJson(body: string): ErrorParts | undefined {
  try {
    const answer = readKineticJson(body) as { ErrorMessage?: unknown; ErrorType?: unknown; ErrorDetails?: unknown } | null;
    if (typeof answer?.ErrorMessage !== 'string') return undefined;
    const details = (Array.isArray(answer.ErrorDetails) ? answer.ErrorDetails : []) as { Table?: string; Field?: string }[];
    const named = details.find(({ Field }) => Field);
    return {
      type: String(answer.ErrorType ?? ''),
      message: answer.ErrorMessage,
      ...(named?.Table ? { table: named.Table } : {}),
      ...(named?.Field ? { field: named.Field } : {}),
    };
  } catch {
    return undefined;
  }
}

function fromXml(body: string): ErrorParts | undefined {
  const element = (name: string): string | undefined => {
    const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
    return text?.replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? '');
  };
  const message = element('ErrorMessage');
  if (message === undefined) return undefined;
  const [table, field] = [element('Table'), element('Field')];
  return { type: element('ErrorType') ?? '', message, ...(table ? { table } : {}), ...(field ? { field } : {}) };
}

function shortened(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}...` : text;
}

/** No licence is free: HTTP 400 with this text (section 3). */
const licenceText = /LicenseAccessException|Maximum users exceeded/i;
/** Whether no licence is free. */
export const isNoLicence = ({ answer }: KineticRefusedError): boolean => licenceText.test(answer.type) || licenceText.test(answer.text);
/** A stale row, or a group in somebody else's hands (section 7; texts assumed there, so matched loosely). */
const conflictText = /modified by another user|in use by|is locked|being posted/i;

/** The fiscal period of the document is closed (text assumed in section 6.9, so matched loosely). */
const periodText = /period\b.*\bclosed|closed\b.*\bperiod/i;

/** How long to wait when no licence is free, ms. */
export interface OutcomeOptions {
  readonly licenceRetryMs: number;
}

/** What a call that threw means for the document it was made for. Errors of our own code are thrown on. */
export function outcomeOf(error: unknown, options: OutcomeOptions): PostingOutcome {
  if (error instanceof KineticNotDoneError)
    return { kind: 'rejected', code: error.code, text: error.message, ...(error.field ? { field: error.field } : {}) };
  if (error instanceof KineticSilentError)
    return error.sent && error.kind === 'write'
      ? { kind: 'unknown', text: error.message }
      : { kind: 'unavailable', code: error.sent ? 'kinetic.silent' : 'kinetic.unreachable', text: error.message };
  if (error instanceof KineticRefusedError) return outcomeOfRefusal(error, options);
  throw error;
}

function outcomeOfRefusal(error: KineticRefusedError, { licenceRetryMs }: OutcomeOptions): PostingOutcome {
  const { status, answer, message: text } = error;
  if (status === 401 || status === 403) return { kind: 'unauthorised', text };
  if (isNoLicence(error) || status === 429) return { kind: 'throttled', retryAfterMs: error.retryAfterMs ?? licenceRetryMs, text };
  if (status === 503) return { kind: 'unavailable', code: 'kinetic.unavailable', text };
  // 500 hides what happened, 502 and 504 come from a proxy: a write may have been committed behind them (section 8).
  if (status >= 500 || status === 408)
    return error.kind === 'write' ? { kind: 'unknown', text } : { kind: 'unavailable', code: 'kinetic.unavailable', text };
  // A look-up is the same for every document: when it is refused, the site is not set up for us (a UD column, a BAQ, a scope).
  if (error.kind === 'lookup' || (status === 404 && answer.type !== 'RecordNotFoundException') || status < 400)
    return { kind: 'unavailable', code: 'kinetic.not-set-up', text };
  if (status === 410) return { kind: 'unavailable', code: 'kinetic.session-lost', text };
  if (status === 404 || status === 409 || conflictText.test(answer.text)) return { kind: 'conflict', text };
  return {
    kind: 'rejected',
    code: rejectionCode(status, answer.type),
    text: answer.text,
    ...(answer.field ? { field: answer.field } : {}),
    ...(periodText.test(answer.text) ? { periodClosed: true } : {}),
  };
}

function rejectionCode(status: number, type: string): string {
  if (type === 'BusinessObjectException' || type === 'BLException') return 'kinetic.business-rule';
  if (type === 'ODataException') return 'kinetic.invalid-request';
  return `kinetic.http-${status}`;
}

/** The error of a look-up that got no usable answer. Errors of our own code, and ours already, are passed on. */
export function lookupErrorOf(error: unknown): unknown {
  if (error instanceof PipelineError) return error;
  if (error instanceof KineticRefusedError && (error.status === 401 || error.status === 403))
    return new ErpUnauthorisedError(error.message, { call: error.call, status: String(error.status) }, { cause: error });
  if (error instanceof KineticRefusedError || error instanceof KineticSilentError)
    return new ErpSilentError(error.message, { call: error.call }, { cause: error });
  return error;
}

/** A call that the access scope of the API key may not include: a refusal counts as "not known" instead of failing the look-up. */
export async function allowed<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof KineticRefusedError) return undefined;
    throw error;
  }
}
