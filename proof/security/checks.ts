import { z } from 'zod';

const test = z.strictObject({
  file: z.string(),
  /** File that has the title, where the spec takes its cases from another one. */
  titleIn: z.string().optional(),
  /** Title as the source has it; `%s` and `$name` stand for what differs from case to case. */
  test: z.string().min(1),
});

const seed = z.strictObject({
  /** The hole, as the end of "with this hole: ...". */
  hole: z.string().min(1),
  file: z.string(),
  /** Text of the file, which occurs once, and what opens the hole. */
  find: z.string().min(1),
  replace: z.string(),
  /** Further texts of the same file, where one alone opens nothing: what guards twice. */
  also: z.array(z.strictObject({ find: z.string().min(1), replace: z.string() })).default([]),
  /** The test that has to fail then: index in `tests`. */
  fails: z.number().int().min(0).default(0),
});

const check = z
  .strictObject({
    id: z.number().int().min(1),
    name: z.string().min(1),
    /** Requirements of OWASP ASVS 5.0 that it belongs to. */
    asvs: z.array(z.string().regex(/^\d+\.\d+\.\d+$/)).default([]),
    /** What holds, in one sentence. */
    holds: z.string().min(1),
    tests: z.array(test).default([]),
    seeds: z.array(seed).default([]),
    /** What does not hold yet. */
    missing: z.string().optional(),
  })
  .refine(({ tests, missing }) => tests.length > 0 || missing !== undefined, 'a check without a test says what is missing')
  .refine(({ tests, seeds }) => tests.length === 0 || seeds.length > 0, 'a check with tests needs a hole that turns one of them red')
  .refine(({ tests, seeds }) => seeds.every(({ fails }) => fails < tests.length), '`fails` is the index of a test of the check');

/** One hole: what is changed in a file to open it. */
export type Seed = z.infer<typeof seed>;

/** One check of the security proof. */
export type Check = z.infer<typeof check>;

/** All checks of checks.yaml. @throws {Error} naming the place of what does not fit, or an id that is missing or there twice. */
export function readChecks(parsed: unknown): Check[] {
  const { checks } = z.strictObject({ checks: z.array(check) }).parse(parsed);
  const wrong = checks.findIndex(({ id }, index) => id !== index + 1);
  if (wrong >= 0) throw new Error(`checks.yaml: check ${checks[wrong]?.id} stands where ${wrong + 1} should`);
  return checks;
}

/** What is wrong with the rows beside the sources: a test that is not there, a seed whose text is not there once. One sentence each. */
export function staleRows(checks: readonly Check[], read: (file: string) => string | undefined): string[] {
  return checks.flatMap(({ id, tests, seeds }) => [
    ...tests.flatMap(({ file, titleIn = file, test: title }) =>
      read(file) !== undefined && hasTest(read(titleIn), title) ? [] : [`check ${id}: ${titleIn} has no test "${title}"`],
    ),
    ...seeds.flatMap(({ file, find, also }) =>
      [find, ...also.map((one) => one.find)].flatMap((text) => {
        const times = (read(file) ?? '').split(text).length - 1;
        return times === 1 ? [] : [`check ${id}: ${file} has the text of a seed ${times} times: ${text}`];
      }),
    ),
  ]);
}

function hasTest(source: string | undefined, title: string): boolean {
  return ["'", '"', '`'].some((quote) => source?.includes(`${quote}${title.replaceAll(quote, `\\${quote}`)}${quote}`));
}

/** Whether a test of a report is the one of this title. */
export function isTest(title: string, reported: string): boolean {
  const pattern = title
    .split(/%[a-z]|\$\w+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`, 's').test(reported);
}
