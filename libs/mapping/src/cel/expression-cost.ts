import type { ASTNode } from '@marcbachmann/cel-js';

/** Loops that may stand inside each other. */
export const deepestLoops = 2;

const loopNames: ReadonlySet<string> = new Set(['map', 'filter', 'all', 'exists', 'exists_one']);

/** What evaluating an expression once may take, as far as it is known before any event. */
export interface ExpressionCost {
  readonly nodes: number;
  /** Loops inside each other; 0 for an expression without one. */
  readonly loops: number;
  /** Longest list or text that a loop may go over and that the expression itself holds. */
  readonly longest: number;
  /** How often a list may be appended to another one. */
  readonly joins: number;
  /** Texts can become lists. */
  readonly splits: boolean;
}

/** The cost of an expression, from its syntax tree. */
export function costOf(root: ASTNode): ExpressionCost {
  const cost = { nodes: 0, loops: 0, longest: 0, joins: 0, splits: false };
  const visit = (node: ASTNode, loops: number): void => {
    cost.nodes += 1;
    const [name, receiver, args] = node.op === 'rcall' ? node.args : [];
    const isLoop = name !== undefined && loopNames.has(name);
    const inside = isLoop ? loops + 1 : loops;
    cost.loops = Math.max(cost.loops, inside);
    cost.joins += node.op === '+' ? 1 : 0;
    cost.splits ||= name === 'split';
    cost.longest = Math.max(cost.longest, literalLength(node));
    if (!isLoop) return childrenOf(node.args).forEach((child) => visit(child, loops));
    if (receiver) visit(receiver, loops);
    (args ?? []).forEach((child) => visit(child, inside));
  };
  visit(root, 0);
  return cost;
}

function literalLength({ op, args }: ASTNode): number {
  if (op === 'list' && Array.isArray(args)) return args.length;
  return op === 'value' && typeof args === 'string' ? args.length : 0;
}

/** Steps that an evaluation takes at most: every loop goes over the longest list there is. */
export function stepsOf(cost: ExpressionCost, context: Readonly<Record<string, unknown>>): number {
  if (cost.loops === 0) return cost.nodes;
  const longest = Math.max(1, cost.longest, longestIn(context, cost.splits));
  return cost.nodes * (longest * (1 + cost.joins)) ** cost.loops;
}

/** All nodes of a tree. */
export function* nodesOf(node: ASTNode): Generator<ASTNode> {
  yield node;
  for (const child of childrenOf(node.args)) yield* nodesOf(child);
}

function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return typeof args === 'object' && args !== null && 'op' in args && 'args' in args ? [args as ASTNode] : [];
}

/** Length of the longest list or map below a value, and of the longest text where texts count. */
function longestIn(value: unknown, texts: boolean): number {
  if (typeof value === 'string') return texts ? value.length : 0;
  if (typeof value !== 'object' || value === null) return 0;
  const below = value instanceof Map ? [...value.values()] : Object.values(value);
  const own = Array.isArray(value) || value instanceof Map ? below.length : 0;
  return below.reduce<number>((most, one) => Math.max(most, longestIn(one, texts)), own);
}
