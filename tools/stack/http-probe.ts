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

/** The JSON of a GET, or of a POST of `json`, asked with the token of the stack; `undefined` when there is no proper answer. Never throws. */
export async function askJson<Answer>(url: string, method: 'GET' | 'POST' = 'GET', json: unknown = {}): Promise<Answer | undefined> {
  try {
    const body = method === 'POST' ? { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } } : {};
    const answer = await callApi(url, { method, signal: AbortSignal.timeout(probeTimeoutMs), ...body });
    const text = await answer.text();
    return answer.ok ? (JSON.parse(text) as Answer) : undefined;
  } catch {
    return undefined;
  }
}
