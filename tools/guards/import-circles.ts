import { dirname, posix } from 'node:path';
import type { FileStructure } from './read-structure.js';

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

/** Strongly connected components, by Tarjan's algorithm. It recurses as deep as the longest chain of imports, which is fine at this size. */
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
