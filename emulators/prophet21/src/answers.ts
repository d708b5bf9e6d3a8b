import { randomUUID } from 'node:crypto';

/** One answer. */
export interface Answer {
  readonly status: number;
  /** Undefined: no content. A text is sent as it is. */
  readonly body?: unknown;
  /** Root element where XML is asked for. */
  readonly element?: string;
  /** Always JSON, whatever is asked for. */
  readonly json?: boolean;
  readonly location?: string;
}

/** An answer with status 200. */
export function ok(body: unknown, element = 'Response'): Answer {
  return { status: 200, body, element };
}

/**
 * Statuses and types: docs/reference/prophet21.md sections 6, 7.7 and 14 [verified for business, server and notFound]. Status and type of
 * the others are assumed.
 */
const kinds = {
  business: { status: 500, type: 'P21.Business.Common.BusinessException' },
  server: { status: 500, type: 'P21.DataAccess.PbNet.Common.PbService.P21ServerException' },
  nullReference: { status: 500, type: 'System.NullReferenceException' },
  notFound: { status: 404, type: 'ResourceNotFoundException' },
  badRequest: { status: 400, type: 'System.ArgumentException' },
  licence: { status: 403, type: 'P21.Business.Common.LicenseException' },
  noSession: { status: 503, type: 'P21.UI.Service.SessionPoolException' },
} as const;

/** Kinds of errors that the emulator answers with. */
export type ErrorKind = keyof typeof kinds;

/** A refusal. Thrown by a handler, it undoes the call's transaction. */
export abstract class Refusal extends Error {
  abstract answer(user: string): Answer;
}

/** A refusal in the shape of the REST families: docs/reference/prophet21.md section 6 [verified keys]. */
export class P21Error extends Refusal {
  constructor(
    readonly kind: ErrorKind,
    message: string,
  ) {
    super(message);
  }

  answer(user: string): Answer {
    const body = {
      DateTimeStamp: new Date().toISOString().slice(0, 19),
      ErrorMessage: this.message,
      ErrorType: kinds[this.kind].type,
      HostName: 'P21SERVER',
      InnerException: null,
      LogId: randomUUID(),
      StackTrace: null,
      UserId: user,
    };
    return { status: kinds[this.kind].status, body, element: 'ErrorResponse' };
  }
}

/** A refusal of a token or of what it may do: section 3 [verified bodies]. No body: the token has expired (section 3, assumed there). */
export class AccessError extends Refusal {
  constructor(
    readonly status: 401 | 403,
    readonly body?: { readonly error: string; readonly error_description: string },
  ) {
    super(body?.error ?? 'token expired');
  }

  answer(): Answer {
    return { status: this.status, ...(this.body ? { body: this.body, json: true } : {}) };
  }
}

/** A refusal of OData: the texts are those of section 5 [verified]; that they stand in the error object of OData is assumed. */
export class ODataError extends Refusal {
  constructor(
    message: string,
    readonly status = 404,
  ) {
    super(message);
  }

  answer(): Answer {
    return { status: this.status, body: { error: { code: '', message: this.message } }, json: true };
  }
}

/** Undoes a call, and answers as if it had been done. */
export class NotStored extends Refusal {
  constructor(private readonly given: Answer) {
    super('not stored');
  }

  answer(): Answer {
    return this.given;
  }
}
