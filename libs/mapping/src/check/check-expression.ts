import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import type { Expression } from '../assets/asset-reader.js';
import { assetFunctions } from '../cel/asset-functions.js';
import { nodesOf } from '../cel/expression-cost.js';
import { didYouMean } from '../problem.js';
import { costProblems } from './check-cost.js';
import type { AssetProblem } from '../problem.js';

/** Checks one expression against an environment: its type, and the names that it uses. */
export type CheckExpression = (
  expression: Expression | undefined,
  environment: Environment,
  types: readonly string[],
  expectedLabel: string,
) => AssetProblem[];

/** What an expression may use, and which types it may have. */
export interface ExpressionRules {
  readonly environment: Environment;
  /** Accepted CEL types. */
  readonly types: readonly string[];
  /** Types named in problems, if not all accepted ones. */
  readonly shownTypes?: readonly string[];
  /** Name of the expected type, worded for authors. */
  readonly expectedLabel: string;
  /** Names of variables and fields, for suggestions. */
  readonly names: readonly string[];
  readonly tables: readonly string[];
  readonly maxLength?: number | undefined;
}

/** Type-checks one expression; each problem has the position of the wrong character. */
export function checkExpression(expression: Expression, rules: ExpressionRules): AssetProblem[] {
  const result = rules.environment.check(expression.text);
  if (!result.valid) {
    const error = result.error as Error & { range?: { start: number } };
    return [problemAt(expression, error.range?.start ?? 0, explained(error.message.split('\n')[0] ?? '', rules.names))];
  }
  const type = String(result.type);
  if (!rules.types.includes(type))
    return [
      problemAt(
        expression,
        0,
        `expected ${rules.expectedLabel} (${(rules.shownTypes ?? rules.types).join(' or ')}); the expression gives ${type}`,
      ),
    ];
  const root = rules.environment.parse(expression.text).ast;
  return [
    ...tableProblems(expression, root, rules.tables),
    ...lengthProblems(expression, root, rules.maxLength),
    ...costProblems(root).map(({ start, message }) => problemAt(expression, start, message)),
  ];
}

/**
 * The type of the elements of a list expression; undefined when it is no list or not valid, which is reported where the expression is
 * checked.
 */
export function elementTypeOf(expression: Expression, environment: Environment): string | undefined {
  const result = environment.check(expression.text);
  return result.valid ? /^list<(\w+)>$/.exec(String(result.type))?.[1] : undefined;
}

function problemAt(expression: Expression, offset: number, message: string): AssetProblem {
  const { path, line, column, indent, text } = expression;
  if (indent !== undefined) return { path, line, column: column + indent + offset, message };
  return { path, line, column, message: `${message} (at "${text.slice(offset, offset + 20).split('\n')[0]}")` };
}

/** Rewrites a message of CEL: what was expected, and which name was probably meant. */
function explained(message: string, names: readonly string[]): string {
  const key = /^No such key: (\S+)/i.exec(message)?.[1];
  if (key !== undefined) return `expected a field that is there; got "${key}"${didYouMean(key, names)}`;
  const variable = /^Unknown variable: (\S+)/i.exec(message)?.[1];
  if (variable !== undefined) return `expected a known name; got "${variable}"${didYouMean(variable, names)}`;
  const call = /no matching overload for '(\w+)\((.*)\)'/.exec(message);
  if (!call) return `expected a CEL expression: ${message}`;
  const [, name = '', given] = call;
  const known = assetFunctions.find((assetFunction) => assetFunction.name === name);
  if (known) return `expected ${known.signatures.join(' or ')}; got ${name}(${given})`;
  return `expected a known function; got "${name}(${given})"${didYouMean(
    name,
    assetFunctions.map((assetFunction) => assetFunction.name),
  )}`;
}

function tableProblems(expression: Expression, root: ASTNode, tables: readonly string[]): AssetProblem[] {
  const problems: AssetProblem[] = [];
  for (const [name, args] of calls(root)) {
    const table = args[0];
    if (name !== 'lookup' || !table) continue;
    const value = table.op === 'value' ? table.args : undefined;
    if (typeof value !== 'string') problems.push(problemAt(expression, table.start, 'expected the name of a lookup table as plain text'));
    else if (!tables.includes(value))
      problems.push({
        ...problemAt(expression, table.start, `expected a lookup table that is there; got "${value}"${didYouMean(value, tables)}`),
        missing: { kind: 'table', name: value },
      });
  }
  return problems;
}

/** Problems of length that are known before any fact arrives: constants, and the results of truncate() and shortReference(). */
function lengthProblems(expression: Expression, root: ASTNode, maxLength: number | undefined): AssetProblem[] {
  const longest = longestText(root);
  if (maxLength === undefined || longest === undefined || longest <= maxLength) return [];
  return [problemAt(expression, 0, `expected at most ${maxLength} characters; this can have ${longest}`)];
}

function longestText(node: ASTNode): number | undefined {
  if (node.op === 'value') return typeof node.args === 'string' ? node.args.length : undefined;
  if (node.op === '?:') return Math.max(longestText(node.args[1]) ?? 0, longestText(node.args[2]) ?? 0);
  if (node.op !== 'call') return undefined;
  const [name, args] = node.args;
  const limit = args[1];
  const bounded = (name === 'truncate' || name === 'shortReference') && limit?.op === 'value' && typeof limit.args === 'bigint';
  return bounded ? Number(limit.args) : undefined;
}

function* calls(root: ASTNode): Generator<[string, readonly ASTNode[]]> {
  for (const node of nodesOf(root)) if (node.op === 'call') yield [node.args[0], node.args[1]];
}
