import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importCircles } from './import-circles.js';
import { upwardImports } from './layers.js';
import type { Project } from './layers.js';
import { isMeasured, readStructure } from './read-structure.js';
import type { FileStructure } from './read-structure.js';
import { quantile, reportStructure } from './structure.js';
import type { StructureReport } from './structure.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Upper limit of each figure (docs/architecture.md). `goal` is the limit still to be reached; lower `most` to it when it is. */
const limits: Readonly<Record<Exclude<keyof StructureReport, 'worst'>, { readonly most: number; readonly goal?: number }>> = {
  fileMedian: { most: 60 },
  fileP90: { most: 150 },
  functionP90: { most: 17 },
  functionMax: { most: 60 },
  undocumentedPercent: { most: 3 },
  circles: { most: 0 },
  upward: { most: 0 },
};

function workspace(): { readonly files: readonly FileStructure[]; readonly projects: readonly Project[] } {
  const exclude = (name: string): boolean => name === 'node_modules' || name === 'dist';
  const paths = globSync('{libs,services,emulators,tools,proof}/**/*.{ts,tsx}', { cwd: root, exclude }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const manifests = globSync('{libs,services,emulators,tools,proof}/**/package.json', { cwd: root, exclude });
  const projects = manifests.flatMap((path) => {
    const { name, nx } = JSON.parse(readFileSync(join(root, path), 'utf8')) as { name: string; nx?: { tags?: string[] } };
    const layer = nx?.tags?.find((tag) => tag.startsWith('layer:'))?.slice('layer:'.length);
    return layer === undefined ? [] : [{ folder: dirname(path), name, layer }];
  });
  return { files: paths.map((path) => readStructure({ path, text: readFileSync(join(root, path), 'utf8') })), projects };
}

describe('the workspace', () => {
  let report: StructureReport;
  beforeAll(() => {
    const { files, projects } = workspace();
    report = reportStructure(files, projects);
    const rows = Object.entries(limits).map(
      ([name, { most, goal }]) =>
        `${name} ${report[name as keyof typeof limits]} (at most ${most}${goal === undefined ? '' : `, goal ${goal}`})`,
    );
    process.stderr.write(`structure: ${rows.join(', ')}\n`);
  }, 60_000);

  it.each(Object.entries(limits))('%s stays within its limit', (name, { most }) => {
    const figure = name as keyof typeof limits;
    const excess = report[figure] > most ? report.worst[figure].slice(0, 15) : [];
    expect({ [figure]: report[figure], excess }).toEqual({ [figure]: Math.min(report[figure], most), excess: [] });
  });
});

describe('seeded violations', () => {
  const file = (path: string, text: string): FileStructure => readStructure({ path, text });
  const lines = (count: number, text = 'x();'): string => Array.from({ length: count }, () => text).join('\n');

  it('measures a long file', () => {
    expect(file('libs/a/src/a.ts', `${lines(300)}\n`).lines).toBe(300);
  });

  it('measures a long function wherever it stands: declared, a method, an arrow function, a callback', () => {
    const body = `{\n${lines(70)}\n}`;
    const sizes = [`function f() ${body}`, `class A { m() ${body} }`, `const f = () => ${body};`, `run(async () => ${body});`].map((text) =>
      Math.max(...file('libs/a/src/a.ts', text).functions.map(({ size }) => size)),
    );
    expect(sizes).toEqual([72, 72, 72, 72]);
  });

  it('finds exports without a docstring, and only those', () => {
    const { exports, undocumented } = file(
      'libs/a/src/a.ts',
      [
        '/** Documented. */',
        'export const a = 1;',
        'export interface B {}',
        '// a remark is no docstring',
        'export function c() {}',
        'const d = 1;',
      ].join('\n'),
    );
    expect([exports, undocumented.map(({ where }) => where)]).toEqual([3, ['libs/a/src/a.ts:3', 'libs/a/src/a.ts:5']]);
  });

  it('finds a circle of imports, also one of types only and over three files', () => {
    const files = [
      file('libs/a/src/a.ts', "import type { B } from './b.js';"),
      file('libs/a/src/b.ts', "export { c } from './deep/c.js';"),
      file('libs/a/src/deep/c.ts', "import { a } from '../a.js';"),
      file('libs/a/src/d.ts', "import { a } from './a.js';"),
    ];
    expect(importCircles(files)).toEqual([['libs/a/src/a.ts', 'libs/a/src/b.ts', 'libs/a/src/deep/c.ts']]);
  });

  it('finds an import of a higher layer, also in a test', () => {
    const projects = [
      { folder: 'libs/domain', name: '@tributary/domain', layer: 'domain' },
      { folder: 'proof', name: '@tributary/proof', layer: 'proof' },
    ];
    const files = [
      file('libs/domain/src/a.int-spec.ts', "import { start } from '@tributary/proof/support';"),
      file('proof/walk/a.ts', "import { money } from '@tributary/domain';"),
    ];
    expect(upwardImports(files, projects).map(({ where }) => where)).toEqual(['libs/domain/src/a.int-spec.ts -> @tributary/proof/support']);
  });

  it('refuses a project whose layer has no height', () => {
    const projects = [
      { folder: 'libs/a', name: '@tributary/a', layer: 'domain' },
      { folder: 'libs/b', name: '@tributary/b', layer: 'attic' },
    ];
    expect(() => upwardImports([file('libs/a/src/a.ts', "import '@tributary/b';")], projects)).toThrow('attic');
  });

  it('turns the report red for each figure', () => {
    const long = `export function f() {\n${lines(300)}\n}\n`;
    const report = reportStructure([file('libs/a/src/a.ts', long)], []);
    expect(report).toMatchObject({ fileMedian: 302, fileP90: 302, functionP90: 302, functionMax: 302, undocumentedPercent: 100 });
    expect(report.worst.functionMax).toEqual(['libs/a/src/a.ts:1 (302 lines)']);
  });
});

it('measures hand-written code and no tests, helpers of tests or generated files', () => {
  const measured = ['libs/a/src/a.ts', 'services/console/web/src/router.tsx'];
  const others = [
    'libs/a/src/a.spec.ts',
    'libs/a/src/a.int-spec.ts',
    'libs/a/src/generated/types.ts',
    'services/a/src/testing/x.ts',
    'x.d.ts',
    'x.mjs',
  ];
  expect([...measured, ...others].filter(isMeasured)).toEqual(measured);
});

it('takes the quantile that leaves the given share below it', () => {
  expect([quantile([], 0.5), quantile([3, 1, 2], 0.5), quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)]).toEqual([0, 2, 10]);
});
