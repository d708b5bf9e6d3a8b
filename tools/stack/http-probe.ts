import { callApi } from '@tributary/local-stack';

const probeTimeoutMs = 3_000;

/** Whether a GET answers 200 now. Never throws. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(probeTimeoutMs), redirect: 'manual' });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** The JSON of a GET of a service, asked with the token of the stack; `undefined` when there is no proper answer. Never throws. */
export function askService<Answer>(url: string): Promise<Answer | undefined> {
  const own = { TRIBUTARY_STATE_DIR: process.env.TRIBUTARY_STATE_DIR }; // a token that is given is for another installation
  return answerOf<Answer>(() => callApi(url, { signal: AbortSignal.timeout(probeTimeoutMs) }, own));
}

/** The JSON of a GET of an emulator, or of a POST of `json`; `undefined` when there is no proper answer. Never throws. */
export function askJson<Answer>(url: string, method: 'GET' | 'POST' = 'GET', json: unknown = {}): Promise<Answer | undefined> {
  const body = method === 'POST' ? { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } } : {};
  return answerOf<Answer>(() => fetch(url, { method, signal: AbortSignal.timeout(probeTimeoutMs), redirect: 'manual', ...body }));
}

async function answerOf<Answer>(ask: () => Promise<Response>): Promise<Answer | undefined> {
  try {
    const answer = await ask();
    const text = await answer.text();
    return answer.ok ? (JSON.parse(text) as Answer) : undefined;
  } catch {
    return undefined;
  }
}
