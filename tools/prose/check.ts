import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { proseOf } from './extract.js';
import { rules } from './rules.js';

/**
 * The prose check of `npm test`: comments, documents and messages are spelt as in the dictionaries (British English, software terms, and
 * our own words in dictionary.txt), and use none of the words of rules.ts. `node tools/dist/prose/check.js [--words] [files...]`;
 * `--words` prints the unknown words alone, to be looked at before they go into the dictionary.
 */

/** Something that is wrong in a text, with its place. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** The word of a spelling mistake; undefined for a rule. */
  readonly word?: string;
  readonly message: string;
}

/** The part of cspell-lib that is used. */
interface Speller {
  getDefaultBundledSettingsAsync(): Promise<object>;
  mergeSettings(...settings: object[]): object;
  spellCheckDocument(
    document: { uri: string; text: string; languageId: string; locale: string },
    options: { generateSuggestions: boolean; noConfigSearch: boolean },
    settings: object,
  ): Promise<{ issues: { text: string; offset: number }[] }>;
}

/** Loaded when it is asked for: it is large, and whoever only wants the list of files or the rules does without it. */
async function loadSpeller(): Promise<Speller> {
  return (await import('cspell-lib' as string)) as Speller;
}

const here = fileURLToPath(new URL('../../prose', import.meta.url));

/** Made by a tool, written by somebody else, or a list of words: not our prose. */
const notOurs =
  /(^|\/)(fixtures|generated|history|results|recorded|node_modules|dist)\/|^package-lock|^LICENSE|^docs\/reference\/|^docs\/proof\.md|^tools\/prose\//;

/** Files whose prose is checked, of those that git knows in a folder. */
export function filesToCheck(root: string): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
    .split('\n')
    .filter((path) => path !== '' && !notOurs.test(path) && proseOf(path, '') !== undefined);
}

/** Words of our own: one a line, `#` begins a comment. */
export function dictionaryWords(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((word) => word !== '');
}

/**
 * @param notYet beginnings of paths whose words are not checked against rules.ts yet; their spelling is.
 * @returns the check of one file; its dictionaries are loaded once.
 */
export async function proseChecker(
  words: readonly string[],
  notYet: readonly string[] = [],
): Promise<(path: string, text: string) => Promise<Finding[]>> {
  const { getDefaultBundledSettingsAsync, mergeSettings, spellCheckDocument } = await loadSpeller();
  const settings = mergeSettings(await getDefaultBundledSettingsAsync(), {
    language: 'en-GB',
    dictionaries: [
      'en-gb',
      'softwareTerms',
      'typescript',
      'node',
      'npm',
      'companies',
      'misc',
      'filetypes',
      'docker',
      'bash',
      'html',
      'css',
      'fullstack',
    ],
    words: [...words],
    allowCompoundWords: false,
    minWordLength: 3,
    maxNumberOfProblems: 10_000,
    maxDuplicateProblems: 5,
    dictionaryDefinitions: [],
  });
  return async (path, text) => {
    const prose = proseOf(path, text);
    if (prose === undefined) return [];
    const found: Finding[] = [];
    const place = (offset: number): { path: string; line: number; column: number } => {
      const before = prose.slice(0, offset).split('\n');
      return { path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    };
    for (const { pattern, instead, except } of rules) {
      if (except?.test(path) || notYet.some((folder) => path.startsWith(folder))) continue;
      for (const match of prose.matchAll(new RegExp(pattern, `${pattern.flags}g`))) {
        found.push({ ...place(match.index), message: `"${match[0]}": write ${instead}` });
      }
    }
    const { issues } = await spellCheckDocument(
      { uri: `file:///${encodeURI(path)}.txt`, text: prose, languageId: 'plaintext', locale: 'en-GB' },
      { generateSuggestions: false, noConfigSearch: true },
      settings,
    );
    for (const issue of issues) {
      found.push({
        ...place(issue.offset),
        word: issue.text,
        message: `"${issue.text}" is no word of the dictionaries: mend it, put code into backticks, or add it to tools/prose/dictionary.txt`,
      });
    }
    return found;
  };
}

async function main(args: readonly string[]): Promise<number> {
  const root = join(here, '../..');
  const named = args.filter((arg) => !arg.startsWith('--'));
  const list = (name: string): string[] => dictionaryWords(readFileSync(join(here, name), 'utf8'));
  const check = await proseChecker(list('dictionary.txt'), list('not-yet.txt'));
  const findings: Finding[] = [];
  const files = named.length > 0 ? named : filesToCheck(root);
  for (const path of files) findings.push(...(await check(path, readFileSync(join(root, path), 'utf8'))));
  if (args.includes('--words')) {
    const counts = new Map<string, number>();
    for (const { word } of findings) if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [word, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${word} ${count}`);
  } else {
    for (const { path, line, column, message } of findings) console.error(`${path}:${line}:${column} ${message}`);
  }
  console.error(`prose: ${files.length} files, ${findings.length} findings`);
  return findings.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
}
