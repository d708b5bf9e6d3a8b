import type { AssetFile } from '../assets/asset-reader.js';
import { erpOfShape, mappingKey } from '../mapping-choice.js';
import type { AssetProblem } from '../problem.js';
import type { AssetFinding } from './asset-finding.js';

/**
 * Groups problems by cause. Three kinds of problems are consequences and not causes: references to an asset whose file exists but is
 * broken, the same problem at several positions, and a missing key next to its misspelling. Findings are ordered: unreadable files, then
 * missing assets, then the rest by position.
 */
export function rootCauses(files: readonly AssetFile[], problems: readonly AssetProblem[]): AssetFinding[] {
  const broken = brokenAssets(files, problems);
  const groups = new Map<string, { rank: number; problem: AssetProblem; message: string; places: AssetProblem[] }>();
  const followers = new Map<string, AssetProblem[]>();
  for (const problem of problems) {
    if (followsFromMisspelling(problem, problems)) continue;
    const { missing } = problem;
    const brokenPath = missing && broken.get(`${missing.kind} ${missing.name}`);
    if (brokenPath !== undefined) {
      followers.set(brokenPath, [...(followers.get(brokenPath) ?? []), problem]);
      continue;
    }
    const unreadable = problem.message.startsWith('expected YAML: ');
    // Only the first problem of an unreadable file counts: after it the parser reports errors that are not real.
    const key = unreadable
      ? `yaml ${problem.path}`
      : missing
        ? `missing ${missing.kind} ${missing.name}`
        : `${problem.path} ${problem.message}`;
    const known = groups.get(key);
    if (known) known.places.push(problem);
    else groups.set(key, { rank: unreadable ? 0 : missing ? 1 : 2, problem, message: problem.message, places: [] });
  }
  const findings = [...groups.values()].map((group) => ({ ...group, places: placesOf(group.rank === 0 ? [] : group.places) }));
  for (const [path, follow] of followers) {
    const cause = findings.find(({ problem }) => problem.path === path);
    if (cause) cause.places.push(...placesOf(follow));
  }
  return findings
    .sort((a, b) => a.rank - b.rank)
    .map(({ problem: { path, line, column }, message, places }) => ({
      level: 'error',
      path,
      line,
      column,
      message,
      alsoAt: [...new Set(places)],
    }));
}

/** Whether a key is missing only because it is misspelt in the same place: the misspelling is then the cause. */
function followsFromMisspelling({ path, message }: AssetProblem, problems: readonly AssetProblem[]): boolean {
  const key = /^expected the key ("[^"]+")$/.exec(message)?.[1];
  return key !== undefined && problems.some((other) => other.path === path && other.message.includes(`(did you mean ${key}?)`));
}

const placesOf = (problems: readonly AssetProblem[]): string[] => problems.map(({ path, line, column }) => `${path}:${line}:${column}`);

/** `kind name` -> path, for assets whose own file has a problem, so that references to them cannot be resolved. */
function brokenAssets(files: readonly AssetFile[], problems: readonly AssetProblem[]): Map<string, string> {
  const paths = new Set(problems.filter(({ missing }) => !missing).map(({ path }) => path));
  const broken = new Map<string, string>();
  for (const { path, text } of files) {
    if (!paths.has(path)) continue;
    if (path.endsWith('.csv')) broken.set(`table ${baseName(path)}`, path);
    else {
      const kind = textOf(text, 'kind');
      for (const each of kind === undefined ? ['mapping', 'profile', 'flow'] : [kind]) broken.set(`${each} ${nameIn(path, text)}`, path);
      const role = textOf(text, 'role');
      if (role !== undefined) broken.set(`role ${role}`, path);
    }
  }
  return broken;
}

/**
 * The name under which other assets refer to an asset, as far as its broken file shows it. For a mapping of a canonical document, the name
 * consists of what it maps.
 */
function nameIn(path: string, text: string): string {
  const document = textOf(text, 'document');
  const shape = textOf(text, 'shape');
  if (document !== undefined && shape !== undefined) return mappingKey(erpOfShape(shape), document, textOf(text, 'variant'));
  return textOf(text, 'name') ?? baseName(path);
}

const textOf = (text: string, key: string): string | undefined => new RegExp(`^${key}:\\s*['"]?([^'"\\s#]+)`, 'm').exec(text)?.[1];

function baseName(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.(yaml|yml|csv)$/, '');
}
