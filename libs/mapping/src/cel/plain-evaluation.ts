import type { Evaluate } from './evaluate.js';

/** A node of an expression's syntax tree, as the interpreter parses it. */
export interface SyntaxNode {
  readonly op: string;
  readonly args: unknown;
}

/** An asset function bound to its scope. */
export type BoundFunction = (...values: readonly unknown[]) => unknown;

type Operator = (left: unknown, right: unknown) => unknown;

/** Result of a part that only the interpreter can evaluate, or refuse with its own error. */
const unreadable = Symbol('left to the interpreter');

/**
 * Evaluates an expression by closures instead of the interpreter, which covers nearly all expressions of assets: constants, fields of
 * records, calls of asset functions, conditions.
 * @param functions asset functions by {@link functionKey}.
 * @param otherwise the interpreter. It evaluates every other expression, and again every one that fails or meets a value which is not there,
 *   so that values and errors are the same.
 */
export function plainEvaluation(expression: SyntaxNode, functions: ReadonlyMap<string, BoundFunction>, otherwise: Evaluate): Evaluate {
  const evaluate = compiled(expression, functions);
  if (!evaluate) return otherwise;
  return (context) => {
    try {
      const value = evaluate(context);
      return value === unreadable ? otherwise(context) : value;
    } catch {
      return otherwise(context);
    }
  };
}

/** Functions are told apart by name and number of arguments. */
export function functionKey(name: string, argumentCount: number): string {
  return `${name}/${argumentCount}`;
}

/** Undefined for an expression that has a part which only the interpreter knows. */
function compiled({ op, args }: SyntaxNode, functions: ReadonlyMap<string, BoundFunction>): Evaluate | undefined {
  if (op === 'value') return isPrimitive(args) ? () => args : undefined;
  if (op === 'id') return (context) => fieldOf(context, args as string);
  if (op === '.') return fieldAccess(args as [SyntaxNode, string], functions);
  if (op === 'call') return call(args as [string, SyntaxNode[]], functions);
  if (op === 'list') return listOf(args as SyntaxNode[]);
  const operands = operandsOf(op, args)?.map((operand) => compiled(operand, functions));
  const [first, second, third] = operands ?? [];
  if (op === '!_' && first) return negation(first);
  if (op === '?:' && first && second && third) return choice(first, second, third);
  if (!first || !second) return undefined;
  if (op === '&&' || op === '||') return logical(op === '||', first, second);
  const operator = operators[op];
  return operator && ((context) => operator(first(context), second(context)));
}

/** Operands of an operator that is known here. */
function operandsOf(op: string, args: unknown): readonly SyntaxNode[] | undefined {
  if (op === '!_') return [args as SyntaxNode];
  return op === '?:' || op === '&&' || op === '||' || operators[op] ? (args as readonly SyntaxNode[]) : undefined;
}

/** A list of constants. */
function listOf(nodes: readonly SyntaxNode[]): Evaluate | undefined {
  const constants = nodes.map(({ op, args }) => (op === 'value' ? args : undefined));
  return constants.every(isPrimitive) ? () => constants : undefined;
}

function fieldAccess([record, field]: [SyntaxNode, string], functions: ReadonlyMap<string, BoundFunction>): Evaluate | undefined {
  const evaluate = compiled(record, functions);
  return evaluate && ((context) => fieldOf(evaluate(context), field));
}

function fieldOf(record: unknown, field: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, field)) return unreadable;
  const value = (record as Readonly<Record<string, unknown>>)[field];
  return value === undefined ? unreadable : value;
}

function call([name, nodes]: [string, SyntaxNode[]], functions: ReadonlyMap<string, BoundFunction>): Evaluate | undefined {
  const bound = functions.get(functionKey(name, nodes.length));
  const parts = nodes.map((node) => compiled(node, functions));
  if (!bound || !parts.every((part) => part !== undefined)) return undefined;
  return (context) => {
    const values: unknown[] = [];
    for (const part of parts) {
      const value = part(context);
      if (value === unreadable) return unreadable;
      values.push(value);
    }
    const value = bound(...values);
    return value === undefined ? unreadable : value;
  };
}

function negation(condition: Evaluate): Evaluate {
  return (context) => {
    const value = condition(context);
    return typeof value === 'boolean' ? !value : unreadable;
  };
}

function choice(condition: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (context) => {
    const value = condition(context);
    return typeof value === 'boolean' ? (value ? yes : no)(context) : unreadable;
  };
}

/** @param decisive value of the left side that makes the right one needless. */
function logical(decisive: boolean, left: Evaluate, right: Evaluate): Evaluate {
  return (context) => {
    const first = left(context);
    if (first === decisive) return decisive;
    if (first !== !decisive) return unreadable;
    const second = right(context);
    return typeof second === 'boolean' ? second : unreadable;
  };
}

const ordered =
  (compare: (left: bigint, right: bigint) => boolean): Operator =>
  (left, right) =>
    typeof left === 'bigint' && typeof right === 'bigint' ? compare(left, right) : unreadable;
const sameType = (compare: Operator): Operator => {
  return (left, right) => (isPrimitive(left) && typeof left === typeof right ? compare(left, right) : unreadable);
};

const operators: Readonly<Record<string, Operator>> = {
  '==': sameType((left, right) => left === right),
  '!=': sameType((left, right) => left !== right),
  in: (left, right) => (isPrimitive(left) && Array.isArray(right) ? right.includes(left) : unreadable),
  '<': ordered((left, right) => left < right),
  '<=': ordered((left, right) => left <= right),
  '>': ordered((left, right) => left > right),
  '>=': ordered((left, right) => left >= right),
};

function isPrimitive(value: unknown): value is string | boolean | bigint {
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint';
}
