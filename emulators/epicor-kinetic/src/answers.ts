import { randomUUID } from 'node:crypto';

/** One answer. `body` undefined: no content. A string body is plain text. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One entry of ErrorDetails. */
export interface ErrorDetail {
  readonly Message: string;
  readonly Type: 'Error';
  readonly Table: string;
  readonly Field: string;
}

/** Statuses and types: docs/reference/epicor-kinetic.md section 5 [verified]. */
const typeOf = {
  business: { status: 400, type: 'Ice.Common.BusinessObjectException' },
  odata: { status: 400, type: 'Microsoft.OData.ODataException' },
  licence: { status: 400, type: 'Ice.Common.LicenseAccessException' },
  unauthorised: { status: 401, type: 'System.UnauthorizedAccessException' },
  forbidden: { status: 403, type: 'System.UnauthorizedAccessException' },
  unknownName: { status: 404, type: 'Epicor.RESTApi.ApiException' },
  notFound: { status: 404, type: 'Ice.Common.RecordNotFoundException' },
  duplicate: { status: 409, type: 'Ice.Common.DuplicateRecordException' },
  session: { status: 410, type: 'Ice.Common.InvalidSessionException' },
  internal: { status: 500, type: 'System.Exception' },
} as const;

/** Kinds of errors that the emulator answers with. */
export type ErrorKind = keyof typeof typeOf;

/** 500 hides its text unless SecureErrors is off: section 5 [verified]. */
export const hiddenText = 'We apologize, but an unexpected internal problem occurred. Please provide your System Administrator';

/** A refusal in Kinetic's own shape. Thrown by a service, it undoes the call's transaction. */
export class KineticError extends Error {
  readonly status: number;
  readonly errorType: string;
  readonly details: readonly ErrorDetail[];

  constructor(
    readonly kind: ErrorKind,
    message: string,
    at?: { readonly table: string; readonly field: string },
  ) {
    super(message);
    this.status = typeOf[kind].status;
    this.errorType = typeOf[kind].type;
    this.details = at ? [{ Message: message, Type: 'Error', Table: at.table, Field: at.field }] : [];
  }

  /** Body of section 5 [verified field names and shape]. */
  body(): Record<string, unknown> {
    return {
      HttpStatus: this.status,
      ReasonPhrase: 'REST API Exception',
      ErrorMessage: this.message,
      ErrorType: this.errorType,
      ErrorDetails: this.details,
      CorrelationId: randomUUID(),
    };
  }
}

/** An answer with status 200. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** Return value and out parameters of a method: section 4.2 [verified]. */
export function methodAnswer(parameters: Record<string, unknown>, returnObj?: unknown): Answer {
  return ok(returnObj === undefined ? { parameters } : { returnObj, parameters });
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The XML variant with the same element names, for callers that do not accept JSON: section 5 [verified]. */
export function errorXml(error: KineticError): string {
  const text = (value: unknown): string => String(value).replace(/[&<>"]/g, (character) => escapes[character] ?? character);
  const body = error.body();
  const details = error.details
    .map(
      (detail) =>
        `<ErrorDetail><Message>${text(detail.Message)}</Message><Type>Error</Type><Table>${text(detail.Table)}</Table><Field>${text(detail.Field)}</Field></ErrorDetail>`,
    )
    .join('');
  const element = (name: string): string => `<${name}>${text(body[name])}</${name}>`;
  return `<ErrorResponse>${['HttpStatus', 'ReasonPhrase', 'ErrorMessage', 'ErrorType'].map(element).join('')}<ErrorDetails>${details}</ErrorDetails>${element('CorrelationId')}</ErrorResponse>`;
}
