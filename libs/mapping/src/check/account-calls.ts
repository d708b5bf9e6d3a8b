import { parse } from '@marcbachmann/cel-js';
import type { MappingDocument } from '../assets/mapping-document.js';

/** Functions that choose the account of a role. */
const choosing: ReadonlySet<string> = new Set(['account', 'acct', 'sub']);

/** Roles for which a mapping requests an account by a literal: `account('CLR', ...)`. */
export function accountCalls({ fields, lines }: MappingDocument): Set<string> {
  const expressions = [...fields.values(), ...lines.flatMap((block) => [...block.fields.values()])];
  return new Set(expressions.flatMap(({ expression }) => rolesIn(expression.text)));
}

function rolesIn(text: string): string[] {
  try {
    return rolesOf(parse(text).ast);
  } catch {
    return []; // reported where the expression is checked
  }
}

function rolesOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(rolesOf);
  if (typeof node !== 'object' || node === null || !('op' in node) || !('args' in node)) return [];
  const { op, args } = node as { op: string; args: unknown };
  if (op !== 'call') return rolesOf(args);
  const [name, given] = args as [string, readonly { op: string; args: unknown }[]];
  const [first] = given;
  const role = choosing.has(name) && first?.op === 'value' && typeof first.args === 'string' ? [first.args] : [];
  return [...role, ...rolesOf(given)];
}
