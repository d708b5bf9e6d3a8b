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
