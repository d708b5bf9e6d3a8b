import { writeFileSync } from 'node:fs';
import type { Understood } from '#commands/command-line.mjs';
import type { ConsumerGroupsView, MessageFixtureView, MessageRecordView, MessageView } from '@tributary/contracts';
import { csvText } from '@tributary/domain';
import { apiAt, ApiError } from '../dlq/api.js';
import type { Ask } from '../dlq/api.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';
import { listColumns, messageText, recordText } from './render.js';

type Run = Extract<Understood, { kind: 'run' }>;

/** `tributary events ...`: what is in the topics, and how far their readers are. @returns the exit code. */
export async function eventCommands(run: Run, env: NodeJS.ProcessEnv, given: Terminal): Promise<number> {
  const { path, arguments: ids, values } = run;
  const terminal = showingControls(given);
  const url = ((values.url?.at(-1) as string | undefined) ?? env.TRIBUTARY_RECON_URL ?? 'http://127.0.0.1:4040').replace(/\/+$/, '');
  const command = commands[path.at(-1) ?? ''];
  if (!command) throw new Error(`"events ${path.at(-1)}" is in the table of commands (tools/commands) and has no code.`);
  try {
    await command({ ask: apiAt(url, env), values, id: encodeURIComponent(ids[0] ?? ''), terminal });
    return 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

interface Call {
  readonly ask: Ask;
  readonly values: Run['values'];
  /** Id of a message, as it stands in a path. */
  readonly id: string;
  readonly terminal: Terminal;
}

const commands: Readonly<Record<string, (call: Call) => Promise<void>>> = { list, show, fixture, lag };

async function list({ ask, values, terminal }: Call): Promise<void> {
  const kind = String(values.kind?.at(-1) ?? 'raw') as keyof typeof listColumns;
  const { path, rows: member, columns } = listColumns[kind];
  const query = ['id', 'type', 'key', 'from', 'to', 'target', 'result', 'limit'].flatMap((name) => {
    const value = values[name]?.at(-1);
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const page = await ask<Record<string, unknown>>('GET', `${path}?${new URLSearchParams(query).toString()}`);
  if (values.json) return terminal.out(JSON.stringify(page));
  const found = page[member] as Readonly<Record<string, unknown>>[];
  const cells = found.map((row) => columns.map((column) => textOf(row[column])));
  if (values.csv)
    return terminal.out(
      csvText([[...columns], ...cells])
        .replaceAll('\r\n', '\n')
        .trimEnd(),
    );
  if (found.length === 0) return terminal.out('No messages match.');
  terminal.out(
    table(
      columns.map((column) => column.toUpperCase()),
      cells,
    ) + (page.next === null ? '' : '\nThere are more: narrow it down, or raise --limit.'),
  );
}

async function show({ ask, values, id, terminal }: Call): Promise<void> {
  const message = await ask<MessageView>('GET', `/messages/${id}`);
  const record = await ask<MessageRecordView>('GET', `/messages/${id}/record`);
  terminal.out(values.json ? JSON.stringify({ message, record }) : `${messageText(message)}\n\n${recordText(record)}`);
}

async function fixture({ ask, values, id, terminal }: Call): Promise<void> {
  const made = await ask<MessageFixtureView>('GET', `/messages/${id}/fixture`);
  const file = values.out?.at(-1);
  if (typeof file === 'string') {
    writeFileSync(file, made.body);
    return terminal.error(`${file}: ${made.replaced.length} values replaced`);
  }
  terminal.out(made.body.trimEnd());
}

async function lag({ ask, values, terminal }: Call): Promise<void> {
  const view = await ask<ConsumerGroupsView>('GET', '/consumer-groups');
  if (values.json) return terminal.out(JSON.stringify(view));
  const rows = view.groups.map(({ group, lag: behind, members, meaning }) => [group, behind ?? '?', String(members ?? '?'), meaning]);
  terminal.out(table(['GROUP', 'LAG', 'MEMBERS', 'WHAT IT MEANS'], rows));
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
