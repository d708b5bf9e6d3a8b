import { getEventListeners } from 'node:events';
import { limitCall } from './call-limit.js';

const never = new AbortController().signal;

it('ends a call after its time, as a timeout', async () => {
  const { signal } = limitCall(never, 5);
  await new Promise((aborted) => signal.addEventListener('abort', aborted));
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

it.each([
  ['while it lasts', false],
  ['before it begins', true],
])('ends a call with the reason of the process that stops %s', (_, before) => {
  const process = new AbortController();
  const reason = new Error('the process stops');
  if (before) process.abort(reason);
  const { signal, end } = limitCall(process.signal, 60_000);
  process.abort(reason);
  end();
  expect(signal.reason).toBe(reason);
});

it('leaves nothing behind at the process, and ends nothing after the call', async () => {
  const process = new AbortController();
  const { signal, end } = limitCall(process.signal, 5);
  end();
  expect(getEventListeners(process.signal, 'abort')).toEqual([]);
  process.abort();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(signal.aborted).toBe(false);
});
