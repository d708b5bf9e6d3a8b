import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssets } from '@tributary/mapping';
import type { Assets } from '@tributary/mapping';
import { root } from '../contracts/workspace.js';

/** Where generated tables stand in docs/books.md: between a line that names one and the next that ends it. */
const section = /(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** docs/books.md with its tables made from the shipped assets. The text around them is written by hand. */
export function renderBooks(text: string, assets: Assets = shippedAssets()): string {
  return text.replace(section, (_, start: string, name: string, end: string) => {
    const table = tables[name];
    if (!table) throw new Error(`docs/books.md: there is no table "${name}"`);
    return `${start}\n${table(assets)}\n\n${end}`;
  });
}

const tables: Readonly<Record<string, (assets: Assets) => string>> = { movements: movementsTable, flows: flowsTable };

function shippedAssets(): Assets {
  const folder = join(root, 'assets');
  const files = globSync('**/*.{yaml,csv}', { cwd: folder }).sort();
  return readAssets(
    files.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })),
    [],
  );
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

const code = (text: string): string => `\`${text}\``;

/** Role, owner and what is booked so, in the order of the table. */
function movementsTable({ roleTables }: Assets): string {
  const groups = new Map<string, string[]>();
  for (const { match, role, owner } of roleTables.get('movements')?.rows ?? []) {
    const { part = '', ...rest } = Object.fromEntries(match);
    const key = [role, owner, part].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), Object.values(rest).map(code).join(' ') || 'all others']);
  }
  const rows = [...groups].map(([key, movements]) => {
    const [role = '', owner = '', part = ''] = key.split('\n');
    return [code(role), owner, part, movements.join(', ')];
  });
  return table(['Role', 'Owner', 'Part', 'Movements (type, category or status)'], rows);
}

/** What each shared flow is triggered by, makes, and asks. */
function flowsTable({ flows }: Assets): string {
  const shared = [...flows.values()].filter(({ role }) => role).sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
  return table(
    ['Flow', 'Triggered by', 'Documents', 'Questions'],
    shared.map(({ name, triggers, steps, holds }) => [
      name.value,
      triggers.map(({ value }) => code(value)).join(', '),
      [...new Set(steps.map(({ kind, variant }) => (variant === undefined ? kind : `${kind} (${variant})`)))].join(', '),
      holds.map((hold) => code(hold.code.value)).join(', ') || 'none',
    ]),
  );
}
