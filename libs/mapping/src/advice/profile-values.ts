import { fieldOf, lineShapeOf } from '@tributary/contracts';
import type { ErpField } from '@tributary/contracts';
import { parse } from '@marcbachmann/cel-js';
import type { ASTNode } from '@marcbachmann/cel-js';
import type { PostingProfile } from '../assets/posting-profile.js';
import type { Assets } from '../assets/assets.js';
import type { MappingDocument } from '../assets/mapping-document.js';
import { mappingKey } from '../mapping-choice.js';
import { profilesOf } from '../profiles-of.js';
import type { AssetLanguage } from '../language.js';
import type { AssetFinding } from './asset-finding.js';

/** A value of a profile or a lookup table that an expression writes to a field. */
interface Source {
  /** Where the author finds the value: `bankAccounts.USD`, `values.terms`, `countries: AT`. */
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly line: number;
}

/**
 * Reports values of profiles and lookup tables that do not fit their field of the ERP document. The ERP would refuse the value (error), or
 * the mapping's `truncate` cuts it (warning: a shortened code is a different code). A payment method has to be a whole number when its
 * field is one.
 */
export function profileValueFindings(assets: Assets, language: AssetLanguage): AssetFinding[] {
  const findings = new Map<string, AssetFinding & { readonly least: number }>();
  for (const { mapping, profile } of usedMappings(assets)) {
    const shape = language.shapes.get(mapping.shape.value);
    if (!shape) continue;
    const blocks = mapping.lines.map(({ table, fields }) => [table && lineShapeOf(shape, table.value), fields] as const);
    for (const [of, fields] of [[shape, mapping.fields] as const, ...blocks]) {
      for (const [name, { expression }] of of ? fields : []) {
        const field = of && fieldOf(of, name);
        if (!field) continue;
        for (const { source, cutTo } of sourcesIn(expression.text, profile, assets)) {
          const finding = findingOf(source, field, `${of.name}.${name}`, cutTo);
          const place = `${source.path} ${source.line} ${source.name}`;
          const known = findings.get(place);
          // Report each value once, for the field that allows the fewest characters.
          if (finding && (!known || (field.maxLength ?? 0) < known.least)) findings.set(place, { ...finding, least: field.maxLength ?? 0 });
        }
      }
    }
  }
  return [...findings.values()].map(({ least: _, ...finding }) => finding);
}

/** Each mapping with each profile for which it makes documents. */
function usedMappings(assets: Assets): { readonly mapping: MappingDocument; readonly profile: PostingProfile }[] {
  return [...assets.flows.values()].flatMap((flow) =>
    profilesOf(flow, assets.profiles).flatMap((profile) =>
      flow.steps.flatMap((step) => {
        const mapping = assets.mappings.get(step.mapping?.value ?? mappingKey(profile.books.erp ?? '', step.kind, step.variant));
        return mapping ? [{ mapping, profile }] : [];
      }),
    ),
  );
}

function findingOf(source: Source, field: ErpField, where: string, cutTo: number | undefined): AssetFinding | undefined {
  const problem = problemOf(source.value, field, cutTo);
  if (!problem) return undefined;
  const [level, text] = problem;
  return {
    level,
    path: source.path,
    line: source.line,
    column: 1,
    message: `${source.name} "${source.value}" ${text} (${where})`,
    alsoAt: [],
  };
}

function problemOf(value: string, field: ErpField, cutTo: number | undefined): readonly ['error' | 'warning', string] | undefined {
  if (field.type === 'integer') return /^-?\d{1,9}$/.test(value) ? undefined : ['error', 'has to be a whole number for its field'];
  if (field.type !== 'text') return undefined;
  if (cutTo !== undefined && value.length > cutTo)
    return ['warning', `is cut to "${value.slice(0, cutTo)}": its field takes ${cutTo} characters`];
  if (cutTo === undefined && field.maxLength !== undefined && value.length > field.maxLength)
    return ['error', `has ${value.length} characters and its field takes ${field.maxLength}: every document with it would be refused`];
  return undefined;
}

interface Use {
  readonly source: Source;
  /** Length in the surrounding call of `truncate`; undefined without such a call. */
  readonly cutTo: number | undefined;
}

function sourcesIn(expression: string, profile: PostingProfile, assets: Assets): Use[] {
  let root: ASTNode;
  try {
    root = parse(expression).ast;
  } catch {
    return []; // reported as an error of its own
  }
  return usesIn(root, undefined, profile, assets);
}

function usesIn(node: unknown, cutTo: number | undefined, profile: PostingProfile, assets: Assets): Use[] {
  if (Array.isArray(node)) return node.flatMap((each) => usesIn(each, cutTo, profile, assets));
  if (typeof node !== 'object' || node === null || !('op' in node) || !('args' in node)) return [];
  const { op, args } = node as ASTNode;
  if (op !== 'call') return usesIn(args, cutTo, profile, assets);
  const [name, given] = args as [string, readonly ASTNode[]];
  if (name === 'fits') return []; // a condition: its text is not written to a field
  const limit = name === 'truncate' ? numberOf(given[1]) : undefined;
  const own = sourcesOf(name, given, profile, assets).map((source) => ({ source, cutTo }));
  return [...own, ...usesIn(given, limit ?? cutTo, profile, assets)];
}

function sourcesOf(name: string, given: readonly ASTNode[], profile: PostingProfile, assets: Assets): Source[] {
  const { path } = profile;
  const entry = (prefix: string, values: ReadonlyMap<string, string>): Source[] =>
    [...values].map(([key, value]) => ({ name: `${prefix}.${key}`, value, path, line: profile.lines.get(`${prefix}.${key}`) ?? 1 }));
  if (name === 'bankAccount') return entry('bankAccounts', profile.bankAccounts);
  if (name === 'paymentMethodNumber' || name === 'paymentMethod') return entry('paymentMethods', profile.paymentMethods);
  if (name === 'walkInCustomer')
    return profile.walkInCustomerId === null
      ? []
      : [{ name: 'walkInCustomerId', value: profile.walkInCustomerId, path, line: profile.lines.get('walkInCustomerId') ?? 1 }];
  const key = textOf(given[0]);
  if (name === 'profileValue') return entry('values', profile.values).filter((source) => source.name === `values.${key}`);
  const table = name === 'lookup' && key !== undefined ? assets.tables.get(key) : undefined;
  return table
    ? [...table.rows].map(([row, value], index) => ({ name: `${table.name}: ${row}`, value, path: table.path, line: index + 2 }))
    : [];
}

const textOf = (node: ASTNode | undefined): string | undefined =>
  node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined;
const numberOf = (node: ASTNode | undefined): number | undefined =>
  node?.op === 'value' && typeof node.args === 'bigint' ? Number(node.args) : undefined;
