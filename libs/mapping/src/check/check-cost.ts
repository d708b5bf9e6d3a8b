import type { ASTNode } from '@marcbachmann/cel-js';
import { costOf, deepestLoops, nodesOf } from '../cel/expression-cost.js';
import { linearPattern, matchesIn } from '../cel/linear-matches.js';

/** What an expression may not do because its time would have no bound, with the position in its text. */
export function costProblems(root: ASTNode): { readonly start: number; readonly message: string }[] {
  const { loops } = costOf(root);
  const tooDeep = loops > deepestLoops;
  return [
    ...(tooDeep ? [{ start: root.start, message: `expected at most ${deepestLoops} loops inside each other; got ${loops}` }] : []),
    ...[...nodesOf(root)].flatMap((node) =>
      isBind(node) ? [{ start: node.start, message: 'expected no cel.bind(): write the value out' }] : [],
    ),
    ...matchesIn(root).flatMap(({ node, pattern }) => {
      const message = patternProblem(pattern);
      return message === undefined ? [] : [{ start: pattern?.start ?? node.start, message }];
    }),
  ];
}

/** A variable that holds twice what another one holds, some dozen times over, fills the memory. */
const isBind = ({ op, args }: ASTNode): boolean => op === 'rcall' && (args as readonly unknown[])[0] === 'bind';

/** Only constants: a pattern that an event brings along would be compiled for each event. */
function patternProblem(pattern: ASTNode | undefined): string | undefined {
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') return 'expected the pattern of matches() as plain text';
  try {
    linearPattern(pattern.args);
    return undefined;
  } catch (error) {
    return `expected a pattern in the syntax of RE2, without look-around and back references: ${(error as Error).message}`;
  }
}
