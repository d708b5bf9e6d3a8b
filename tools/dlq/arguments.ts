import { understand } from '#commands/command-line.mjs';

/** A command line that cannot be understood: exit code 2. */
export class UsageError extends Error {}

/** Options that every command accepts. */
export interface Options {
  readonly url: string;
  readonly json: boolean;
  readonly csv: boolean;
  readonly yes: boolean;
  /** `--by` of earlier versions, which said who gives an order: the token does now. */
  readonly namesSomebody: boolean;
  readonly follow: boolean;
  readonly reason: string | undefined;
  readonly rate: number | undefined;
  readonly limit: number | undefined;
  /** Cursor of a list: what follows it. */
  readonly after: string | undefined;
  readonly cause: string | undefined;
  readonly group: string | undefined;
  readonly sequence: string | undefined;
  readonly topic: string | undefined;
  readonly state: string | undefined;
  /** What an order does. */
  readonly action: string | undefined;
  readonly query: string | undefined;
  readonly value: string | undefined;
  readonly postedAs: string | undefined;
  readonly acceptDifference: boolean;
  readonly assignee: string | undefined;
  readonly text: string | undefined;
  /** Only what a replay did not mend. */
  readonly again: boolean;
  readonly name: string | undefined;
  /** Which letters of an order. */
  readonly letters: string | undefined;
}

/** A parsed command line. */
export interface CommandLine {
  readonly command: string;
  /** Ids. */
  readonly ids: readonly string[];
  readonly options: Options;
}

type Values = Readonly<Record<string, readonly (string | true)[]>>;

/** Help was asked for, or no command was given. */
export interface Help {
  readonly help: string;
  readonly exitCode: 0 | 2;
}

/**
 * `dlq <command> [id ...] [options]`, read by the table of commands.
 * @throws {UsageError} for commands and options that are not known or do not fit.
 */
export function parseCommandLine(args: readonly string[], env: NodeJS.ProcessEnv): CommandLine | Help {
  const understood = understand(['tributary', ...args]);
  if (understood.kind === 'wrong') throw new UsageError(understood.problem);
  if (understood.kind === 'help') return { help: understood.text, exitCode: understood.exitCode };
  const { path, values, arguments: ids } = understood;
  return { command: path.at(-1) as string, ids, options: optionsOf(values, env) };
}

function optionsOf(values: Values, env: NodeJS.ProcessEnv): Options {
  const text = (name: string): string | undefined => values[name]?.at(-1) as string | undefined;
  const number = (name: string): number | undefined => (values[name] === undefined ? undefined : Number(text(name)));
  const flag = (name: string): boolean => values[name] !== undefined;
  return {
    url: (text('url') ?? env.TRIBUTARY_RECON_URL ?? 'http://127.0.0.1:4040').replace(/\/+$/, ''),
    json: flag('json'),
    csv: flag('csv'),
    yes: flag('yes'),
    namesSomebody: flag('by'),
    follow: !flag('no-follow'),
    reason: text('reason'),
    rate: number('rate'),
    limit: number('limit'),
    after: text('after'),
    action: text('action'),
    cause: text('cause'),
    group: text('group'),
    sequence: text('sequence'),
    topic: text('topic'),
    state: text('state'),
    query: text('query'),
    value: text('value'),
    postedAs: text('posted-as'),
    acceptDifference: flag('accept-difference'),
    assignee: text('assignee'),
    text: text('text'),
    again: flag('again'),
    name: text('name'),
    letters: text('letters'),
  };
}

/** The only id of a command line. @throws {UsageError} when there is none, or several. */
export function idOf({ ids, command }: CommandLine): string {
  const [id, ...more] = ids;
  if (id === undefined || more.length > 0) throw new UsageError(`${command} takes exactly one id.`);
  return id;
}

/** JSON of an option. @throws {UsageError} */
export function jsonOf(name: string, given: string): unknown {
  try {
    return JSON.parse(given) as unknown;
  } catch (error) {
    throw new UsageError(`${name}: expected JSON: ${(error as Error).message}`);
  }
}

/** What an order is about: ids, or one of --sequence, --cause, --query. @throws {UsageError} when it is none of these, or several. */
export function scopeOf(ids: readonly string[], options: Options): Readonly<Record<string, unknown>> {
  const { sequence, cause, query, group } = options;
  const given = [ids.length > 0 && 'ids', sequence && '--sequence', cause && '--cause', query && '--query'].filter(Boolean);
  if (given.length !== 1)
    throw new UsageError(
      `Which dead letters? Give one of: ids, --sequence, --cause, --query.${given.length > 1 ? ` Given: ${given.join(', ')}.` : ''}`,
    );
  const ofGroup = group === undefined ? {} : { group };
  if (ids.length > 0) return { scope: 'one', ids };
  if (sequence !== undefined) return { scope: 'sequence', sequence, ...ofGroup };
  if (cause !== undefined) return { scope: 'cause', cause, ...ofGroup };
  return { scope: 'query', query: { ...(jsonOf('--query', query ?? '') as object), ...ofGroup } };
}
