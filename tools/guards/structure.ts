import { dirname, posix } from 'node:path';
import ts from 'typescript';

/** One source file of the workspace: path from the root, with `/`, and its text. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** One place in the sources. */
export interface Place {
  readonly where: string;
  /** Lines of a file or function; 1 for everything that is counted. */
  readonly size: number;
}

/** What is measured of one file; see `readStructure`. */
export interface FileStructure {
  readonly path: string;
  readonly lines: number;
  /** Every function with a body, callbacks too. */
  readonly functions: readonly Place[];
  readonly exports: number;
  readonly undocumented: readonly Place[];
  /** Modules it imports or exports from, as written. */
  readonly imports: readonly string[];
}

/** Whether a file is hand-written product, proof or tool code: no test, no test helper, nothing generated. */
export function isMeasured(path: string): boolean {
  return (
    /\.tsx?$/.test(path) &&
    !/\.(spec|int-spec|d)\.tsx?$/.test(path) &&
    !/(^|\/)(generated|testing|test|web-test|conformance|fixtures|peers)\//.test(path)
  );
}

/** Reads one file with the parser of TypeScript; types are not resolved, so it is fast. */
export function readStructure({ path, text }: SourceText): FileStructure {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const functions: Place[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const [first, last] = [lineOf(node.getStart(source)), lineOf(node.end)];
      functions.push({ where: `${path}:${first}`, size: last - first + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const exported = source.statements.filter(isExportedDeclaration);
  return {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    functions,
    exports: exported.length,
    undocumented: exported
      .filter((statement) => ts.getJSDocCommentsAndTags(statement).length === 0)
      .map((statement) => ({ where: `${path}:${lineOf(statement.getStart(source))}`, size: 1 })),
    imports: source.statements.flatMap((statement) =>
      (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) &&
      statement.moduleSpecifier &&
      ts.isStringLiteral(statement.moduleSpecifier)
        ? [statement.moduleSpecifier.text]
        : [],
    ),
  };
}

function isExportedDeclaration(statement: ts.Statement): boolean {
  const isDeclaration =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isVariableStatement(statement);
  return isDeclaration && (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** Groups of files that import each other in a circle, by relative imports; types count. Each group is sorted. */
export function importCircles(files: readonly FileStructure[]): string[][] {
  const paths = new Set(files.map(({ path }) => path));
  const targets = new Map(
    files.map(({ path, imports }) => [path, imports.flatMap((specifier) => resolveRelative(path, specifier, paths) ?? [])] as const),
  );
  return stronglyConnected(targets).filter((group) => group.length > 1);
}

function resolveRelative(from: string, specifier: string, paths: ReadonlySet<string>): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const base = posix.join(dirname(from), specifier.replace(/\.js$/, ''));
  return [`${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find((path) => paths.has(path));
}

/** Tarjan's algorithm, without recursion over the whole graph's depth being a problem at this size. */
function stronglyConnected(targets: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const groups: string[][] = [];
  const connect = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node) as number);
    stack.push(node);
    for (const target of targets.get(node) ?? []) {
      if (!index.has(target)) {
        connect(target);
        low.set(node, Math.min(low.get(node) as number, low.get(target) as number));
      } else if (stack.includes(target)) low.set(node, Math.min(low.get(node) as number, index.get(target) as number));
    }
    if (low.get(node) === index.get(node)) groups.push(stack.splice(stack.indexOf(node)).sort());
  };
  for (const node of targets.keys()) if (!index.has(node)) connect(node);
  return groups;
}

/** A project of the workspace: its folder, its package name, and its layer tag. */
export interface Project {
  readonly folder: string;
  readonly name: string;
  readonly layer: string;
}

/** Layers from the ground up; a project imports only from its own height or below. */
const heights: Readonly<Record<string, number>> = {
  contracts: 0,
  support: 0,
  domain: 1,
  core: 2,
  platform: 3,
  adapter: 4,
  connector: 4,
  registry: 4,
  service: 5,
  web: 5,
  emulator: 5,
  proof: 6,
  tool: 7,
};

/** The pure entry of connectors and their registry: shapes of documents, which import types of libs/contracts and nothing else. */
const pureEntry = /^@tributary\/[\w-]+\/shapes$/;

/** Imports, tests included, of a project in a higher layer: `libs/x/src/a.ts -> @tributary/y`. */
export function upwardImports(files: readonly FileStructure[], projects: readonly Project[]): Place[] {
  const byName = new Map(projects.map((project) => [project.name, project]));
  const byFolder = [...projects].sort((a, b) => b.folder.length - a.folder.length);
  return files.flatMap(({ path, imports }) => {
    const own = byFolder.find(({ folder }) => path.startsWith(`${folder}/`));
    return imports.flatMap((specifier) => {
      const target = byName.get(specifier.split('/').slice(0, 2).join('/'));
      const isUp = own && target && !pureEntry.test(specifier) && heightOf(target) > heightOf(own);
      return isUp ? [{ where: `${path} -> ${specifier}`, size: 1 }] : [];
    });
  });
}

function heightOf({ name, layer }: Project): number {
  const height = heights[layer];
  if (height === undefined) throw new Error(`measuring the structure: ${name} has the layer "${layer}", which has no height`);
  return height;
}

/** The value below which `share` (0 to 1) of the values lie; 0 without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The figures of the house, from measured files. */
export interface StructureReport {
  readonly fileMedian: number;
  readonly fileP90: number;
  readonly functionP90: number;
  readonly functionMax: number;
  /** Exported declarations without a docstring, per cent. */
  readonly undocumentedPercent: number;
  readonly circles: number;
  readonly upward: number;
  /** The largest or first offenders of each figure, for the message of a failed check. */
  readonly worst: Readonly<Record<Exclude<keyof StructureReport, 'worst'>, readonly string[]>>;
}

/**
 * @param files every TypeScript file of the workspace; sizes and docstrings count for `isMeasured` ones, imports for all.
 * @param projects the projects of the workspace.
 */
export function reportStructure(files: readonly FileStructure[], projects: readonly Project[]): StructureReport {
  const measured = files.filter(({ path }) => isMeasured(path));
  const functions = measured.flatMap((file) => file.functions);
  const undocumented = measured.flatMap((file) => file.undocumented);
  const circles = importCircles(files);
  const upward = upwardImports(files, projects);
  const longFiles = largest(measured.map(({ path, lines }) => ({ where: path, size: lines })));
  const longFunctions = largest(functions);
  return {
    fileMedian: quantile(
      measured.map(({ lines }) => lines),
      0.5,
    ),
    fileP90: quantile(
      measured.map(({ lines }) => lines),
      0.9,
    ),
    functionP90: quantile(
      functions.map(({ size }) => size),
      0.9,
    ),
    functionMax: Math.max(0, ...functions.map(({ size }) => size)),
    undocumentedPercent: percent(
      undocumented.length,
      measured.reduce((sum, file) => sum + file.exports, 0),
    ),
    circles: circles.length,
    upward: upward.length,
    worst: {
      fileMedian: longFiles,
      fileP90: longFiles,
      functionP90: longFunctions,
      functionMax: longFunctions,
      undocumentedPercent: undocumented.map(({ where }) => where),
      circles: circles.map((group) => group.join(' <-> ')),
      upward: upward.map(({ where }) => where),
    },
  };
}

function largest(places: readonly Place[]): string[] {
  return [...places].sort((a, b) => b.size - a.size).map(({ where, size }) => `${where} (${size} lines)`);
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1_000 * part) / whole) / 10;
}
