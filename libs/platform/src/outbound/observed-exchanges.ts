import type { ExchangeObserver, HttpExchange } from '@tributary/connector-kit';

/** A `fetch` that tells an observer what was sent and what came back, once the body of the answer was read. Nothing else of it changes. */
export function observeExchanges(send: typeof fetch, observe: ExchangeObserver): typeof fetch {
  return async (input, init) => {
    const tell = observe();
    if (!tell) return send(input, init);
    const sent = sentBy(input, init);
    const ended = (end: Pick<HttpExchange, 'status' | 'answer' | 'problem'>): void =>
      tell({ ...sent, ...end, ms: Date.now() - sent.startedAt.getTime() });
    let answer: Response;
    try {
      answer = await send(input, init);
    } catch (error) {
      ended({ status: undefined, answer: undefined, problem: reasonOf(error) });
      throw error;
    }
    const { status, statusText, headers } = answer;
    if (answer.body === null) {
      ended({ status, answer: '', problem: undefined });
      return answer;
    }
    return new Response(
      read(answer, (text, problem) => ended({ status, answer: text, problem })),
      { status, statusText, headers: withoutLength(headers) },
    );
  };
}

function sentBy(
  input: string | URL | Request,
  init: RequestInit | undefined,
): Pick<HttpExchange, 'method' | 'url' | 'request' | 'startedAt'> {
  const { url, method } = input instanceof Request ? input : { url: String(input), method: 'GET' };
  return { method: init?.method ?? method, url, request: bodyText(init?.body), startedAt: new Date() };
}

function bodyText(body: RequestInit['body']): string | undefined {
  if (typeof body === 'string') return body;
  return body instanceof URLSearchParams ? body.toString() : undefined;
}

/** The body, read when somebody reads it, so that a connection that breaks is found where it was before. */
function read(answer: Response, ended: (text: string | undefined, problem: string | undefined) => void): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      try {
        const bytes = new Uint8Array(await answer.arrayBuffer());
        ended(new TextDecoder().decode(bytes), undefined);
        controller.enqueue(bytes);
        controller.close();
      } catch (error) {
        ended(undefined, reasonOf(error));
        controller.error(error);
      }
    },
  });
}

/** Of the bytes before they were inflated. */
function withoutLength(headers: Headers): Headers {
  const copied = new Headers([...headers]);
  copied.delete('content-length');
  return copied;
}

/** The innermost message: fetch says no more than that it failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
