import { parseArgs } from 'node:util';

/** A command line that cannot be understood: said with the help, exit code 2. */
export class UsageError extends Error {}

export interface Options {
  readonly url: string;
  readonly by: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly follow: boolean;
  readonly reason: string | undefined;
  readonly rate: number | undefined;
  readonly limit: number | undefined;
  readonly cause: string | undefined;
  readonly group: string | undefined;
  readonly sequence: string | undefined;
  readonly topic: string | undefined;
  readonly state: string | undefined;
  readonly query: string | undefined;
  readonly value: string | undefined;
  readonly postedAs: string | undefined;
}

export interface CommandLine {
  readonly command: string;
  /** Ids. */
  readonly ids: readonly string[];
  readonly help: boolean;
  readonly options: Options;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

/**
 * `dlq <command> [id ...] [options]`.
 * @throws {UsageError} for options that are not known or do not fit.
 */
export function parseCommandLine(args: readonly string[], env: NodeJS.ProcessEnv): CommandLine {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { ...flag, short: 'h' },
        url: text,
        by: text,
        json: flag,
        yes: { ...flag, short: 'y' },
        'no-follow': flag,
        reason: text,
        rate: text,
        limit: text,
        cause: text,
        group: text,
        sequence: text,
        topic: text,
        state: text,
        query: text,
        value: text,
        'posted-as': text,
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals } = parsed;
  const [program, command = '', ...ids] = positionals;
  if (program !== undefined && program !== 'dlq') throw new UsageError(`There is no "${program}". There is: dlq.`);
  return {
    command,
    ids,
    help: values.help,
    options: {
      url: (values.url ?? env.TRIBUTARY_RECON_URL ?? 'http://127.0.0.1:4040').replace(/\/+$/, ''),
      by: values.by ?? env.USER ?? '',
      json: values.json,
      yes: values.yes,
      follow: !values['no-follow'],
      reason: values.reason,
      rate: numberOf('--rate', values.rate),
      limit: numberOf('--limit', values.limit),
      cause: values.cause,
      group: values.group,
      sequence: values.sequence,
      topic: values.topic,
      state: values.state,
      query: values.query,
      value: values.value,
      postedAs: values['posted-as'],
    },
  };
}

function numberOf(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!Number.isFinite(value) || value <= 0) throw new UsageError(`${name}: expected a number above 0, not "${given}"`);
  return value;
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
