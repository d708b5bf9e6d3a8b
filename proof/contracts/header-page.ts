import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';

/** What docs/topics.md, the page that data teams read, promises about headers. */
export interface HeaderPage {
  /** Names of the headers that every message has. */
  readonly everywhere: readonly string[];
  /** Values of `content-type`: of raw facts, and of everything else. */
  readonly contentTypes: { readonly raw: string; readonly other: string };
}

const row = /^\| `([^`]+)` +\| ([^|]+?) +\| (.*?) +\|$/;

/** Reads the page as published, not the constants that it is generated from. @throws when the table has another form. */
export function headerPage(): HeaderPage {
  const page = readFileSync(join(workspaceRoot, 'docs', 'topics.md'), 'utf8');
  const section = page.slice(page.indexOf('## Headers'), page.indexOf('## Events'));
  const rows = section.split('\n').flatMap((line) => {
    const match = row.exec(line);
    return match ? [{ name: match[1] as string, on: match[2] as string, description: match[3] as string }] : [];
  });
  const description = rows.find(({ name }) => name === 'content-type')?.description ?? '';
  const [raw, other] = [...description.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
  if (raw === undefined || other === undefined) throw new Error(`docs/topics.md: content-type should name two media types: ${description}`);
  return { everywhere: rows.filter(({ on }) => on === 'every message').map(({ name }) => name), contentTypes: { raw, other } };
}
