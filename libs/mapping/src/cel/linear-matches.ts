import type { ASTNode } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import { nodesOf } from './expression-cost.js';

/** The function that runs instead of CEL's own matches(), which backtracks. */
export const linearMatches = 'matchesLinear';

const patterns = new Map<string, RE2JS>();

/** A pattern in the syntax of RE2: the time of a search grows with the text, never faster. @throws {Error} for a pattern that RE2 does not take. */
export function linearPattern(pattern: string): RE2JS {
  const known = patterns.get(pattern);
  if (known) return known;
  const made = RE2JS.compile(pattern);
  patterns.set(pattern, made); // patterns are constants of assets, so they are few
  return made;
}

/** Whether a part of a text matches, as CEL's matches() says it. @throws {TypeError} for what is no text. */
export function matchesLinear(text: unknown, pattern: unknown): boolean {
  if (typeof text !== 'string' || typeof pattern !== 'string') throw new TypeError('matches() compares a text with a pattern');
  return linearPattern(pattern).matcher(text).find();
}

/** The calls of matches() in an expression. */
export function matchesIn(root: ASTNode): { readonly node: ASTNode; readonly pattern: ASTNode | undefined }[] {
  return [...nodesOf(root)].flatMap((node) => {
    if (node.op !== 'rcall' || node.args[0] !== 'matches') return [];
    return [{ node, pattern: node.args[2][0] }];
  });
}

/** Makes an expression call {@link linearMatches} where it says matches(). For a tree that was not evaluated yet. */
export function withLinearMatches(root: ASTNode): void {
  for (const { node } of matchesIn(root)) (node.args as unknown as [string])[0] = linearMatches;
}
