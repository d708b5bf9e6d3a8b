import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { outcomeCodes } from '@tributary/posting';
import { root } from '../contracts/workspace.js';

/** One error class: its code or codes, what happens to the message, and its docstring. */
export interface ErrorCode {
  readonly code: string;
  readonly disposition: string;
  readonly says: string;
  readonly where: string;
}

const sources = ['libs/*/src/**/*.ts', 'libs/connectors/*/src/**/*.ts', 'services/*/src/**/*.ts'];

/** Error classes of one file: every class that extends PipelineError. @param text its source. */
export function errorCodesIn(file: string, text: string): ErrorCode[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const found: ErrorCode[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassDeclaration(node) && extendsPipelineError(node)) found.push(...codesOf(node, source, file));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** All of them, by code. @throws when two classes share a code: dashboards and runbooks key on it. */
export function collectErrorCodes(files: readonly { file: string; text: string }[]): ErrorCode[] {
  const codes = files.flatMap(({ file, text }) => errorCodesIn(file, text));
  for (const [index, { code, where }] of codes.entries()) {
    const twin = codes.findIndex((other) => other.code === code);
    if (twin !== index) throw new Error(`the error code "${code}" is used twice: in ${codes[twin]?.where} and in ${where}`);
  }
  return codes.sort((a, b) => (a.code < b.code ? -1 : 1));
}

export function readSources(): { file: string; text: string }[] {
  return globSync(sources, { cwd: root })
    .filter((file) => !/\.(spec|int-spec|d)\.ts$|\/conformance\/|\/testing\/|\/test\//.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

export function renderErrorCodes(codes: readonly ErrorCode[]): string {
  const rows = codes.map(
    ({ code, disposition, says, where }) => `| \`${code}\` | ${disposition} | ${says.replaceAll('|', '\\|')} | \`${where}\` |`,
  );
  return `# Error codes\n\n<!-- Generated from the error classes by \`npm run docs:generate\`. Do not edit. -->\n\nStable and dotted: dashboards and runbooks key on them. What happens next: **retry**, the message waits with its key and is tried again, then dead-lettered; **pause**, the partition waits until it works, nothing is burnt; **reject**, dead letter at once (at the door: the HTTP status in the table). A code \`internal.<Name>\` is an error that is not ours to name: a bug, rejected and never looped.\n\n| code | next | what happened | where |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n\n${renderOutcomeCodes()}`;
}

/** Codes that an outcome carries without an error class of its own. */
function renderOutcomeCodes(): string {
  const rows = Object.entries(outcomeCodes).map(([code, says]) => `| \`${code}\` | ${says} |`);
  return `## Codes of outcomes\n\nIn \`erp.posting-concluded\`, dead letters and the console. A target adds codes of its own, e.g. \`kinetic.customer-ambiguous\`.\n\n| code | what it means |\n| --- | --- |\n${rows.join('\n')}\n`;
}

function extendsPipelineError(node: ts.ClassDeclaration): boolean {
  return (node.heritageClauses ?? []).some((clause) => clause.types.some((type) => type.expression.getText() === 'PipelineError'));
}

function codesOf(node: ts.ClassDeclaration, source: ts.SourceFile, where: string): ErrorCode[] {
  const literal = (name: string): string | undefined => {
    const member = node.members.find((part) => ts.isPropertyDeclaration(part) && part.name.getText() === name) as
      ts.PropertyDeclaration | undefined;
    return member?.initializer && ts.isStringLiteral(member.initializer) ? member.initializer.text : undefined;
  };
  const disposition = literal('disposition') ?? 'as the error says';
  const says = docOf(node);
  const code = literal('code');
  if (code !== undefined) return [{ code, disposition, says, where }];
  // A class of many codes has a table beside it: `export const xStatus = { 'code': status, ... }`.
  return tableBeside(source).map(([name, status]) => ({ code: name, disposition: `${disposition} (HTTP ${status})`, says, where }));
}

function docOf(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node);
  const comment = doc && ts.isJSDoc(doc) ? ts.getTextOfJSDocComment(doc.comment) : undefined;
  return (comment ?? '').replace(/\s+/g, ' ').trim();
}

function tableBeside(source: ts.SourceFile): [string, string][] {
  const rows: [string, string][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name) && ts.isNumericLiteral(node.initializer))
      rows.push([node.name.text, node.initializer.text]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return rows;
}
