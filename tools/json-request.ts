/** Options of a request to an API that takes JSON, with a limit for its answer, ms. */
export function jsonRequest(method: string, body: unknown, withinMs: number): RequestInit {
  return {
    method,
    signal: AbortSignal.timeout(withinMs),
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  };
}

/** What an answer says; undefined when it is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
