import { parseArgs } from 'node:util';

/** Kinds of options: a switch, a whole number from 1, a text, or a text that may be repeated. */
export type OptionKind = 'flag' | 'number' | 'text' | 'texts';

type ValueOf<Kind extends OptionKind> = Kind extends 'flag'
  ? boolean
  : Kind extends 'number'
    ? number | undefined
    : Kind extends 'text'
      ? string | undefined
      : readonly string[];

/** Values of options by name; without its option a value is false, undefined or empty. */
export type OptionValues<Kinds extends Readonly<Record<string, OptionKind>>> = { readonly [Name in keyof Kinds]: ValueOf<Kinds[Name]> };

/**
 * Parses the options of a proof command. `npm run ... -- --help` is answered before the command starts (tools/commands).
 * @throws {Error} for an unknown option, a missing value or a number that is none, in words for the operator.
 */
export function parseOptions<const Kinds extends Readonly<Record<string, OptionKind>>>(
  args: readonly string[],
  kinds: Kinds,
): OptionValues<Kinds> {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: kind === 'texts' },
    ]),
  );
  const values: Readonly<Record<string, unknown>> = parseArgs({ args: [...args], options }).values;
  const parsed = Object.entries(kinds).map(([name, kind]) => [name, valueOf(name, kind, values[name])]);
  return Object.fromEntries(parsed) as OptionValues<Kinds>;
}

function valueOf(name: string, kind: OptionKind, value: unknown): unknown {
  if (kind === 'flag') return value === true;
  if (kind === 'texts') return value ?? [];
  if (kind === 'text' || value === undefined) return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} ${String(value)}: expected a whole number from 1`);
  return number;
}

/** The options of this process; a wrong command line ends it with 2 and the reason. */
export function commandOptions<const Kinds extends Readonly<Record<string, OptionKind>>>(kinds: Kinds): OptionValues<Kinds> {
  try {
    return parseOptions(process.argv.slice(2), kinds);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** Ends the process with 2 because of a wrong command line. */
export function refuse(problem: string): never {
  console.error(problem);
  process.exit(2);
}
