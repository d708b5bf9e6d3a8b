import { withNewSecret } from './with-new-secret.js';

const refused = new Error('401');
const isRefused = (error: unknown): boolean => error === refused;

/** Makes calls that fail as told, while the secret takes the given values one after the other. */
async function calls(failures: readonly (Error | undefined)[], secrets: readonly string[]): Promise<{ made: number; result: unknown }> {
  let [made, asked] = [0, 0];
  const result = await withNewSecret(
    () => secrets[Math.min(asked++, secrets.length - 1)] as string,
    () => {
      const failure = failures[made];
      made += 1;
      return failure ? Promise.reject(failure) : Promise.resolve('done');
    },
    isRefused,
  ).catch((error: unknown) => error);
  return { made, result };
}

it.each<[string, (Error | undefined)[], string[], number, unknown]>([
  ['makes a call once', [undefined], ['old'], 1, 'done'],
  ['repeats a call whose secret was exchanged', [refused, undefined], ['old', 'new'], 2, 'done'],
  ['does not repeat one with the secret that was refused', [refused], ['old'], 1, refused],
  ['repeats once only', [refused, refused, undefined], ['old', 'new', 'newer'], 2, refused],
])('%s', async (_, failures, secrets, made, result) => {
  expect(await calls(failures, secrets)).toEqual({ made, result });
});

it('does not repeat a call that failed for another reason, whatever happened to the secret', async () => {
  const lost = new Error('no answer');
  expect(await calls([lost, undefined], ['old', 'new'])).toEqual({ made: 1, result: lost });
});
