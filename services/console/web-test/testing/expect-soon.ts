import { eventually } from './console-in-chromium.js';

type Promised<M> = { readonly [K in keyof M]: M[K] extends (...expected: infer E) => unknown ? (...expected: E) => Promise<void> : never };
/** The matchers of Jest, each of which has to be awaited. */
export type SoonMatchers<T> = Promised<Omit<jest.Matchers<void, T>, 'resolves' | 'rejects'>>;

/**
 * `expect` of what a page shows: it is read again until the matcher holds, for half a minute, because a busy machine draws a page later
 * than a test looks at it. What must not be there holds at once: first wait for something that shows that the page has settled.
 * @param read one reading of a page, without a side effect. @throws what the matcher threw last.
 */
export function expectSoon<T>(read: () => T | Promise<T>): SoonMatchers<T> & { readonly not: SoonMatchers<T> } {
  const matchersOf = (isNot: boolean): SoonMatchers<T> =>
    new Proxy({} as SoonMatchers<T>, {
      get:
        (_, name) =>
        (...expected: unknown[]): Promise<void> =>
          eventually(async () => {
            const matchers = expect(await read());
            const matcher = Reflect.get(isNot ? matchers.not : matchers, name) as (...args: unknown[]) => void;
            matcher(...expected);
          }),
    });
  return new Proxy(matchersOf(false) as SoonMatchers<T> & { not: SoonMatchers<T> }, {
    get: (positive, name) => (name === 'not' ? matchersOf(true) : Reflect.get(positive, name)),
  });
}
