import { neverSent, reasonOf, retryAfterOf } from '@tributary/connector-kit';
import { textOfHttpError } from '../error-answers.js';
import type { CallKind } from '@tributary/connector-kit';
import { SlRefusedError, SlSilentError } from '../sl-errors.js';

/** The part of `fetch` that the connector uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One HTTP call. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Its name in messages. */
  readonly name: string;
  readonly kind: CallKind;
}

/** Longest answer that is read, characters: a page of rows is far below it. */
const maxAnswer = 20_000_000;

/** Makes HTTP calls with a hard time limit and without retries. */
export class HttpCalls {
  /** How far the clock of the server is ahead, by the date of its last answer, ms. */
  clockOffsetMs: number | undefined;

  constructor(
    private readonly fetch: Fetch,
    private readonly callTimeoutMs: number,
  ) {}

  /** The body of a 2xx answer. @throws {SlRefusedError} for another status. @throws {SlSilentError} without an answer. */
  async send({ method, url, headers, body, name, kind }: HttpCall, signal: AbortSignal): Promise<string> {
    if (signal.aborted) throw new SlSilentError(name, kind, false, 'given up before it was sent');
    const limit = AbortSignal.any([signal, AbortSignal.timeout(this.callTimeoutMs)]);
    const { response, text } = await this.answer(url, {
      method,
      headers,
      redirect: 'manual',
      signal: limit,
      ...(body ? { body } : {}),
    }).catch((error: unknown) => {
      throw new SlSilentError(name, kind, !neverSent(error), reasonOf(error, limit), { cause: error });
    });
    // A SOAP fault has status 500 and says why; whoever asked reads it.
    if (!response.ok) throw new SlRefusedError(name, kind, response.status, textOfHttpError(text), retryAfterOf(response));
    if (text.length > maxAnswer) throw new SlSilentError(name, kind, true, `the answer has more than ${maxAnswer} characters`);
    return text;
  }

  private async answer(url: string, init: RequestInit): Promise<{ response: Response; text: string }> {
    const response = await this.fetch(url, init);
    const told = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(told)) this.clockOffsetMs = told - Date.now();
    return { response, text: await response.text() };
  }
}
