import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../contracts/workspace.js';

/** What a handler does, as its source says it. */
export interface WrittenHandler {
  /** `recon/ViewController.list`. */
  readonly name: string;
  /** What it resolves to: `PaymentsPage`. */
  readonly returns: string;
  /** What `@Documented` says: field -> its source. */
  readonly said: ReadonlyMap<string, string>;
  /** Sources of the schemas that its own text reads its request with. */
  readonly reads: readonly string[];
}

/** Handlers with `@Documented` of all services, and those of libs/platform. */
export function writtenHandlers(): WrittenHandler[] {
  return globSync(['services/*/src/**/*.ts', 'libs/platform/src/**/*.ts'], { cwd: root })
    .filter((file) => !/spec\.ts$/.test(file))
    .sort()
    .flatMap((file) => handlersIn(file.split('/')[1] ?? '', readFileSync(join(root, file), 'utf8')));
}

/** Handlers with `@Documented` of a source. */
export function handlersIn(service: string, text: string): WrittenHandler[] {
  if (!text.includes('@Documented(')) return [];
  const found: WrittenHandler[] = [];
  const visit = (node: ts.Node): void => {
    const said = ts.isMethodDeclaration(node) ? documentedOf(node) : undefined;
    if (said && ts.isMethodDeclaration(node) && ts.isClassDeclaration(node.parent))
      found.push({
        name: `${service}/${node.parent.name?.text}.${node.name.getText()}`,
        returns: (node.type?.getText() ?? '').replace(/^Promise<([\s\S]*)>$/, '$1'),
        said,
        reads: [...(node.body?.getText() ?? '').matchAll(/\b(?:parseRequest|bodyOf|parseBody)\(((?:z\.object\(\w+\)|\w+)),/g)].map(
          ([, schema = '']) => schema,
        ),
      });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('controller.ts', text, ts.ScriptTarget.ES2023, true));
  return found;
}

function documentedOf(method: ts.MethodDeclaration): ReadonlyMap<string, string> | undefined {
  const calls = (ts.getDecorators(method) ?? []).map(({ expression }) => expression).filter((one) => ts.isCallExpression(one));
  const argument = calls.find(({ expression }) => expression.getText() === 'Documented')?.arguments[0];
  if (!argument || !ts.isObjectLiteralExpression(argument)) return undefined;
  return new Map(
    argument.properties.flatMap((property): [string, string][] => {
      if (ts.isShorthandPropertyAssignment(property)) return [[property.name.text, property.name.text]];
      return ts.isPropertyAssignment(property) ? [[property.name.getText(), property.initializer.getText()]] : [];
    }),
  );
}
