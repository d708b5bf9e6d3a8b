import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { paymentIdsIn } from './payment-ids.js';

/** Prints the last lines of a log. @returns exit code. */
export function showLog(file: string, lines: number): number {
  if (!existsSync(file)) {
    console.error(`there is no ${file}`);
    return 1;
  }
  console.log(readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'));
  return 0;
}

/** Which log lines to show, and how. */
export interface LogQuery {
  /** Names of parts, all when empty. */
  readonly parts: readonly string[];
  readonly pretty: boolean;
  /** Any id of a payment; lines that name none of its ids are left out. */
  readonly payment: string | undefined;
  /** Further ids of that payment, as recon knows them. */
  readonly alsoKnownAs?: readonly string[];
  /** Newest lines of each part; no limit when undefined. */
  readonly lines: number | undefined;
}

/** One line of one part's log. `fields` when the line is a JSON object. */
interface LogLine {
  readonly part: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

/** Names of the parts that have a log. */
export function partsWithLog(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.log'))
        .map((file) => file.replace(/\.log$/, ''))
        .sort()
    : [];
}

/** The lines that the query asks for. Lines of several parts are in the order of their time. */
export function readLogs(folder: string, query: LogQuery): string[] {
  const parts = query.parts.length > 0 ? query.parts : partsWithLog(folder);
  const all = parts.flatMap((part) => linesOf(part, readFileSync(join(folder, `${part}.log`), 'utf8')));
  const ids = query.payment === undefined ? undefined : relatedIds(all, [query.payment, ...(query.alsoKnownAs ?? [])]);
  const kept = parts.flatMap((part) => {
    const own = all.filter((line) => line.part === part && (ids === undefined || namesOneOf(line, ids)));
    return query.lines === undefined ? own : own.slice(-query.lines);
  });
  const ordered = parts.length > 1 ? inOrderOfTime(kept) : kept;
  const withPart = parts.length > 1;
  return ordered.map((line) => (query.pretty ? prettyLine(line, withPart) : withPart ? `${line.part}: ${line.text}` : line.text));
}

/** Prints new lines as they are written, until the signal. */
export async function followLogs(folder: string, query: LogQuery, print: (line: string) => void, signal: AbortSignal): Promise<void> {
  const parts = query.parts.length > 0 ? query.parts : partsWithLog(folder);
  const places = new Map(parts.map((part) => [part, sizeOf(join(folder, `${part}.log`))]));
  const begun = new Map<string, string>();
  const ids = new Set(query.payment === undefined ? [] : relatedIds(readAll(folder, parts), [query.payment, ...(query.alsoKnownAs ?? [])]));
  while (!signal.aborted) {
    for (const part of parts) {
      const file = join(folder, `${part}.log`);
      const from = places.get(part) ?? 0;
      const size = sizeOf(file);
      places.set(part, size);
      if (size < from) begun.delete(part); // a new run began the file anew
      if (size === from) continue;
      const text = (begun.get(part) ?? '') + (await readFrom(file, size < from ? 0 : from, size));
      const end = text.lastIndexOf('\n') + 1;
      begun.set(part, text.slice(end));
      for (const line of linesOf(part, text.slice(0, end))) {
        if (query.payment !== undefined && !namesOneOf(line, ids)) continue;
        if (query.payment !== undefined) for (const id of idsOf(line)) ids.add(id);
        print(query.pretty ? prettyLine(line, parts.length > 1) : parts.length > 1 ? `${part}: ${line.text}` : line.text);
      }
    }
    await wait(300, undefined, { signal }).catch(() => undefined);
  }
}

function readAll(folder: string, parts: readonly string[]): LogLine[] {
  return parts.flatMap((part) => {
    const file = join(folder, `${part}.log`);
    return existsSync(file) ? linesOf(part, readFileSync(file, 'utf8')) : [];
  });
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

async function readFrom(file: string, start: number, end: number): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(file, { start, end: end - 1 })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function linesOf(part: string, text: string): LogLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ part, text: line, fields: fieldsOf(line) }));
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

const idsOf = ({ text, fields }: LogLine): string[] => paymentIdsIn(text, fields);

/** The ids, and those that share a line with one of them: an event's lines name its charge, a posting's lines name its trace. */
function relatedIds(lines: readonly LogLine[], known: readonly string[]): Set<string> {
  const ids = new Set(known);
  for (const line of lines) if (known.some((id) => line.text.includes(id))) for (const other of idsOf(line)) ids.add(other);
  return ids;
}

const namesOneOf = (line: LogLine, ids: ReadonlySet<string>): boolean => [...ids].some((id) => line.text.includes(id));

function inOrderOfTime(lines: readonly LogLine[]): LogLine[] {
  let last = 0;
  // A line without a time (a stack trace, a banner) stays behind the one before it.
  const timed = lines.map((line) => {
    const time = timeOf(line);
    if (time !== undefined) last = time;
    return { line, time: time ?? last };
  });
  return timed.sort((a, b) => a.time - b.time).map(({ line }) => line);
}

function timeOf({ fields }: LogLine): number | undefined {
  const time = fields?.time;
  const value = typeof time === 'number' ? time : typeof time === 'string' ? Date.parse(time) : NaN;
  return Number.isNaN(value) ? undefined : value;
}

const levels: Readonly<Record<string, string>> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };
/** Shown in front, or the same on every line. */
const shownInFront = new Set(['time', 'level', 'msg', 'message', 'pid', 'hostname', 'service', 'name']);

function prettyLine(line: LogLine, withPart: boolean): string {
  const { fields, part, text } = line;
  if (!fields) return withPart ? `${part.padEnd(16)} ${text}` : text;
  const time = timeOf(line);
  const at = time === undefined ? '' : new Date(time).toISOString().slice(11, 23);
  const level = levels[String(fields.level)] ?? String(fields.level ?? '');
  const rest = Object.entries(fields).filter(([name]) => !shownInFront.has(name));
  const shown = rest.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join(' ');
  return [at, level.padEnd(5), ...(withPart ? [part.padEnd(16)] : []), String(fields.msg ?? fields.message ?? ''), shown]
    .join(' ')
    .trimEnd();
}
