import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { assumptionsIn, emulatorSources, renderAssumed } from './assumed.js';
import { generatedPages, stalePages } from './generate.js';

const page = 'docs/reference/assumed.md';

it('finds the sentences that say so, in docstrings, block comments and lines that follow each other', () => {
  const text = [
    '/** Known: section 1 [verified]. That it rounds\n * up is assumed. Known again. */',
    'export const a = 1; // Assumed: nobody\n// is told.',
    "export const b = 'assumed in a text, not in a comment';",
    '/* @throws {X} when it is late (assumed). */',
  ].join('\n');
  expect(assumptionsIn(text)).toEqual([
    'Known: section 1 [verified]. That it rounds up is assumed.',
    'Assumed: nobody is told.',
    '{X} when it is late (assumed).',
  ]);
});

describe('the page', () => {
  const sources = emulatorSources();
  const shown = readFileSync(join(root, page), 'utf8');

  it('has every place of every emulator where the word stands in a comment', () => {
    const plain = shown.replaceAll('\\', '');
    const missing = sources.flatMap(({ file, text }) =>
      assumptionsIn(text)
        .filter((one) => !plain.includes(one.slice(0, 40)))
        .map((one) => `${file}: ${one}`),
    );
    expect(missing).toEqual([]);
    expect(sources.flatMap(({ text }) => assumptionsIn(text)).length).toBeGreaterThan(80);
  });

  it('turns red when one line is missing, and when the sources assume one thing more', async () => {
    const pages = await generatedPages();
    const read = (text: string) => (path: string) => (path === page ? text : pages.get(path));
    expect(stalePages(pages, read(shown))).toEqual([]);
    const lines = shown.split('\n');
    const at = lines.findIndex((line) => line.startsWith('- '));
    expect(stalePages(pages, read([...lines.slice(0, at), ...lines.slice(at + 1)].join('\n')))).toEqual([page]);
    const more = [...sources, { file: 'emulators/epicor-kinetic/src/zz.ts', text: '/** That it snows is assumed. */' }];
    expect(renderAssumed(more)).not.toBe(renderAssumed(sources));
  }, 60_000);
});
