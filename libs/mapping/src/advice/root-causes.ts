import type { AssetFile } from '../assets/asset-reader.js';
import { erpOfShape, mappingKey } from '../mapping-choice.js';
import type { AssetProblem } from '../problem.js';
import type { AssetFinding } from './asset-finding.js';

/**
 * Problems grouped by cause. Three kinds of problems follow from others and are no causes of their own: names of an asset whose file is there
 * and broken, the same problem at several places, and a missing key whose misspelling stands beside. Causes come before what depends on them: files that cannot be read, then assets
 * that are missing, then the rest by place.
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
    // Of one unreadable file the first problem counts; the parser loses its way afterwards.
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

/** A key that is missing because it is misspelt beside: the misspelling is the cause. */
function followsFromMisspelling({ path, message }: AssetProblem, problems: readonly AssetProblem[]): boolean {
  const key = /^expected the key ("[^"]+")$/.exec(message)?.[1];
  return key !== undefined && problems.some((other) => other.path === path && other.message.includes(`(did you mean ${key}?)`));
}

const placesOf = (problems: readonly AssetProblem[]): string[] => problems.map(({ path, line, column }) => `${path}:${line}:${column}`);

/** `kind name` -> path, of assets whose own file has a problem, so that nothing else can know them. */
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

/** The name by which others know an asset, as far as its broken file tells: what it maps, for a mapping of a canonical document. */
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
