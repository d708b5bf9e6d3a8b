import { answerCheck, readDocument } from './answer-check.js';

/** A request, and the status that is expected; without one: 200. */
export type ReadRequest = string | readonly [path: string, status: number];

const feedType = 'text/event-stream';

/**
 * Asks for everything that the OpenAPI document of a service answers to GET, and compares each answer with it.
 * @param requests by path of the document, `/payments/{id}`: at least one each. @param ask makes a request.
 * @returns what is wrong, one line each: paths that are not asked or in no document, answers that are not as the document says.
 */
export async function misfitsOfReads(
  service: string,
  requests: Readonly<Record<string, readonly ReadRequest[]>>,
  ask: (path: string) => Promise<Response>,
): Promise<string[]> {
  const documented = Object.entries(readDocument(service).paths).flatMap(([path, { get }]) => (get ? [path] : []));
  const asked = Object.keys(requests).filter((path) => requests[path]?.length !== 0);
  const found = [
    ...documented.filter((path) => !asked.includes(path)).map((path) => `GET ${path} is not asked`),
    ...asked.filter((path) => !documented.includes(path)).map((path) => `GET ${path} is no operation of the document of ${service}`),
  ];
  const check = answerCheck(service);
  for (const request of Object.values(requests).flat()) {
    const [path, expected] = typeof request === 'string' ? [request, 200] : request;
    const response = await ask(path);
    const { status } = response;
    const contentType = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim();
    if (status !== expected) found.push(`GET ${path} answered ${status} instead of ${expected}: ${(await response.text()).slice(0, 300)}`);
    else found.push(...check({ path, status, contentType, body: await bodyOf(response, contentType) }));
  }
  return found;
}

/** JSON as a value, the first snapshot of a live stream, everything else as text. */
async function bodyOf(response: Response, contentType: string | undefined): Promise<unknown> {
  if (contentType !== feedType) {
    const text = await response.text();
    return contentType?.endsWith('json') ? (JSON.parse(text) as unknown) : text;
  }
  let text = '';
  for await (const part of response.body ?? []) {
    text += Buffer.from(part as Uint8Array).toString();
    const [, data] = /event: snapshot\ndata: (.*)\n\n/.exec(text) ?? [];
    if (data !== undefined) return JSON.parse(data) as unknown;
  }
  return text;
}
