/** What is wrong with a body; `at` is its place, in bytes. */
export class JsonFault extends Error {
  constructor(
    readonly fault: 'no-json' | 'nested' | 'repeated-key',
    readonly at: number,
  ) {
    super(`${fault} at byte ${at}`);
  }
}
