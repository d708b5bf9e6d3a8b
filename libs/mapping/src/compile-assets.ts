import { sha256Hex } from '@tributary/domain';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import { parse } from 'yaml';
import { AssetNode } from './assets/asset-reader.js';
import type { AssetFile, Located } from './assets/asset-reader.js';
import type { Assets } from './assets/assets.js';
import { flowOf } from './assets/flow.js';
import { lookupTableOf } from './assets/lookup-table.js';
import { mappingOf } from './assets/mapping-document.js';
import type { MappingDocument } from './assets/mapping-document.js';
import { isRoleTable, roleTableOf } from './assets/role-table.js';
import { profileOf } from './assets/posting-profile.js';
import type { AssetBundle } from './bundle.js';
import { targetBooksOf } from './books/target-books.js';
import { checkBooks } from './check/check-books.js';
import { checkFlow } from './check/check-flow.js';
import { checkMapping } from './check/check-mapping.js';
import { checkSharedFlows } from './check/check-shared-flows.js';
import { compiledFlow } from './compile-flow.js';
import { canonicalJson } from './digest.js';
import { keyOfMapping } from './mapping-choice.js';
import { shippedLanguage } from './shipped-language.js';
import type { AssetLanguage } from './language.js';
import type { AssetProblem } from './problem.js';
import { activeProfiles, profilesOf } from './profiles-of.js';

/** A bundle, or every problem of every asset. */
export type CompiledAssets =
  { readonly ok: true; readonly bundle: AssetBundle } | { readonly ok: false; readonly problems: readonly AssetProblem[] };

/**
 * Parses, checks and compiles flows, mappings, posting profiles (YAML) and lookup tables (CSV).
 * @param files all assets of one environment; the order does not matter.
 * @param targets targets that are posted to, whatever their profiles say; without it those whose profile is active.
 * @returns a bundle, or every problem of every file with its line and column. Mistakes of an author never make it throw.
 */
export function compileAssets(
  files: readonly AssetFile[],
  language: AssetLanguage = shippedLanguage(),
  targets?: readonly string[],
): CompiledAssets {
  const problems: AssetProblem[] = [];
  const assets = readAssets(files, problems);
  const tables = [...assets.tables.keys()];
  const around = { language, mappings: assets.mappings, profiles: assets.profiles, tables };
  for (const mapping of assets.mappings.values()) problems.push(...checkMapping(mapping, language, tables));
  for (const flow of assets.flows.values()) problems.push(...checkFlow(flow, around));
  problems.push(...checkBooks(assets), ...checkSharedFlows(files, assets.flows.values(), assets.profiles.values()));
  if (problems.length > 0) return { ok: false, problems: problems.sort(byPlace) };
  return { ok: true, bundle: bundleOf(files, assets, language, targets) };
}

/** Reads all files as far as possible; problems are added to the list. */
export function readAssets(files: readonly AssetFile[], problems: AssetProblem[]): Assets {
  const assets: Assets = { flows: new Map(), mappings: new Map(), profiles: new Map(), tables: new Map(), roleTables: new Map() };
  for (const file of files) {
    if (isRoleTable(file)) {
      const table = roleTableOf(file, problems);
      add(assets.roleTables, { value: table.name, path: file.path, line: 1, column: 1 }, table, problems);
    } else if (file.path.endsWith('.csv')) {
      const table = lookupTableOf(file, problems);
      add(assets.tables, { value: table.name, path: file.path, line: 1, column: 1 }, table, problems);
    } else readDocument(file, assets, problems);
  }
  return assets;
}

function readDocument(file: AssetFile, assets: Assets, problems: AssetProblem[]): void {
  const root = AssetNode.parse(file, problems);
  if (!root) return;
  const kind = root.get('kind');
  if (!kind) return root.report('expected the key "kind": one of "flow", "mapping", "profile"');
  switch (kind.text(['flow', 'mapping', 'profile'])) {
    case 'flow':
      return addNamed(assets.flows, flowOf(root), problems);
    case 'mapping':
      return addMapping(assets, mappingOf(root), problems);
    case 'profile':
      return addNamed(assets.profiles, profileOf(root, file.path), problems);
  }
}

function addNamed<Asset extends { readonly name: Located<string> }>(
  to: Map<string, Asset>,
  asset: Asset | undefined,
  problems: AssetProblem[],
): void {
  if (asset) add(to, asset.name, asset, problems);
}

/** Mappings of canonical documents are identified by what they map, because each kind of target has its own. */
function addMapping({ mappings }: Assets, mapping: MappingDocument | undefined, problems: AssetProblem[]): void {
  if (mapping) add(mappings, { ...mapping.name, value: keyOfMapping(mapping) }, mapping, problems);
}

function add<Asset>(to: Map<string, Asset>, name: Located<string>, asset: Asset, problems: AssetProblem[]): void {
  const { value, path, line, column } = name;
  if (to.has(value))
    problems.push({ path, line, column, message: `expected each name once among assets of one kind; "${value}" is there again` });
  else to.set(value, asset);
}

function bundleOf(
  files: readonly AssetFile[],
  assets: Assets,
  language: AssetLanguage,
  chosen: readonly string[] | undefined,
): AssetBundle {
  const active = activeProfiles(assets.profiles, chosen);
  const flows = new Map<string, ReturnType<typeof compiledFlow>[]>();
  for (const flow of [...assets.flows.values()].sort((a, b) => (a.name.value < b.name.value ? -1 : 1))) {
    for (const profile of profilesOf(flow, active)) {
      const compiled = compiledFlow(flow, profile, assets, language);
      for (const { value } of flow.triggers) flows.set(value, [...(flows.get(value) ?? []), compiled]);
    }
  }
  const targets = [...new Set([...active.values()].map((profile) => profile.target))].sort();
  return {
    version: versionOf(files, assets),
    flows,
    targets,
    stripeMetadataKeys: stripeMetadataKeysOf(assets),
    books: targetBooksOf(assets),
  };
}

const stripeMetadataShape = 'stripe/metadata';

/** The two fixed fields of the shape identify the object; all other fields are metadata keys. */
function stripeMetadataKeysOf({ mappings }: Assets): ReadonlySet<string> {
  const written = [...mappings.values()].filter(({ shape }) => shape.value === stripeMetadataShape);
  const fixed = erpDocumentShapes[stripeMetadataShape]?.fields ?? {};
  const names = written.flatMap(({ fields }) => [...fields.keys()]);
  return new Set(names.filter((name) => !Object.hasOwn(fixed, name)));
}

/** A changed value makes a new version; comments, layout and the order of files do not. */
function versionOf(files: readonly AssetFile[], assets: Assets): string {
  const documents = files.filter((file) => !file.path.endsWith('.csv')).map((file) => canonicalJson(parse(file.text) as unknown));
  const tables = [...assets.tables.values()].map(({ name, rows }) => canonicalJson({ name, rows: Object.fromEntries(rows) }));
  const roles = [...assets.roleTables.values()].map(({ name, rows }) =>
    canonicalJson({ name, roles: rows.map(({ match, role, owner }) => ({ match: Object.fromEntries(match), role, owner })) }),
  );
  return sha256Hex([...documents, ...tables, ...roles].sort().join('\n'));
}

function byPlace(a: AssetProblem, b: AssetProblem): number {
  return a.path === b.path ? a.line - b.line || a.column - b.column : a.path < b.path ? -1 : 1;
}
