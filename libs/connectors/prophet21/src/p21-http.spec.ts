import { send } from './p21-http.js';

it.each([
  ['7', 7_000],
  // Two minutes after the date of the same answer, whatever the clock here says.
  ['Sun, 06 Nov 1994 08:51:37 GMT', 120_000],
  ['soon', undefined],
])('keeps how long Retry-After: %s asks to wait', async (retryAfter, retryAfterMs) => {
  const headers = { 'retry-after': retryAfter, date: 'Sun, 06 Nov 1994 08:49:37 GMT' };
  const fetch = (): Promise<Response> => Promise.resolve(new Response('{}', { status: 429, headers }));
  const call = { verb: 'POST', url: 'https://p21.example.test/api', name: 'Invoice', kind: 'write', body: '{}' } as const;
  await expect(send(call, { callTimeoutMs: 1_000 }, fetch, new AbortController().signal)).rejects.toMatchObject({
    status: 429,
    retryAfterMs,
  });
});
