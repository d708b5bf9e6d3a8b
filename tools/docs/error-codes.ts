import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalEvents } from '@tributary/mapping';
import { outcomeCodes } from '@tributary/posting';
import ts from 'typescript';
import { root } from '../contracts/workspace.js';
import { codeCatalogue, defaultAction } from './code-catalogue.js';
import { storedTables } from './stored-tables.js';

/** One code: what happens to the message, what it means, and where it is made. */
export interface ErrorCode {
  readonly code: string;
  readonly disposition: string;
  readonly description: string;
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

/** Reads every source file that may declare an error code, sorted by path. Codes of findings have a page of their own (docs/installation-findings.md). */
export function readSources(): { file: string; text: string }[] {
  return globSync(sources, { cwd: root })
    .filter(
      (file) => !/\.(spec|int-spec|d)\.ts$|\/conformance\/|^libs\/local-stack\/|\/testing\/|\/test\/|\/src\/installation\//.test(file),
    )
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

/** Families of codes; other dotted texts (topics, event types, metrics) are none. */
const families =
  /^(?:posting|kinetic|p21|sl|stripe|erp|rebuild|recon|mapping|ladder|ingest|schema|kafka|database|egress|target|message|money|http|identity)\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Event types that are no canonical facts. */
const notCanonical = ['stripe.event-received', 'erp.posting-concluded'];
/** Actions of the audit trail. */
const actions = ['target.checked'];
const eventTypes = new Set(canonicalEvents().map(({ type }) => type));
const tables = storedTables();
/** Texts of the same form that are no codes. */
const noCodes = (text: string): boolean =>
  eventTypes.has(text) || tables.has(text) || /\.v\d+$/.test(text) || [...notCanonical, ...actions].includes(text);

/** Codes that stand in a source as text, wherever they are used. */
export function codesWrittenIn(file: string, text: string): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && families.test(node.text) && !noCodes(node.text)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true));
  return [...found];
}

/** Codes that a page names in inline code. */
export function codesNamedIn(page: string): string[] {
  return [...page.matchAll(/`([a-z]+(?:\.[a-z0-9-]+)+)`/g)]
    .map(([, text = '']) => text)
    .filter((text) => (families.test(text) || /^erp\.(?:kinetic|stripe)\./.test(text)) && !noCodes(text));
}

/** Codes of error classes, and those that are written as text only: outcomes of connectors, results of postings. */
export function allCodes(files: readonly { file: string; text: string }[]): ErrorCode[] {
  const classes = collectErrorCodes(files);
  const known = new Set(classes.map(({ code }) => code));
  const others = new Map<string, string>();
  for (const { file, text } of files)
    for (const code of codesWrittenIn(file, text)) if (!known.has(code) && !others.has(code)) others.set(code, file);
  const outcomes = [...others].map(([code, where]) => ({ code, disposition: 'outcome', description: '', where }));
  return [...classes, ...outcomes].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Meaning and action of a code. Empty where nobody wrote them: a test refuses that. */
export function textOf({ code, disposition, description }: ErrorCode): { readonly meaning: string; readonly action: string } {
  const entry = Object.hasOwn(codeCatalogue, code) ? codeCatalogue[code] : undefined;
  const ofOutcome: Readonly<Record<string, string>> = outcomeCodes;
  return { meaning: entry?.meaning ?? ofOutcome[code] ?? description, action: entry?.action ?? defaultAction[disposition] ?? '' };
}

/** What each code means and what to do, for the console: plain text, without the links and code marks of the page. */
export function renderCodeTexts(codes: readonly ErrorCode[]): string {
  const plain = (text: string): string => text.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1').replaceAll('`', '');
  const texts = codes.map((each) => {
    const { meaning, action } = textOf(each);
    return [each.code, { meaning: plain(meaning), action: plain(action) }];
  });
  return JSON.stringify(Object.fromEntries(texts));
}

/** Renders docs/error-codes.md. */
export function renderErrorCodes(codes: readonly ErrorCode[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const rows = codes.map((each) => {
    const { meaning, action } = textOf(each);
    return `| \`${each.code}\` | ${each.disposition} | ${cell(meaning)} | ${cell(action)} | \`${each.where}\` |`;
  });
  const next =
    'What happens next: **retry**, the message waits with its key and is tried again, then dead-lettered; **pause**, the partition waits until it works, no attempt is used up; **hold**, it waits for a person; **reject**, dead letter at once (at the webhook: the HTTP status); **outcome**, the code of what a target answered or of how a posting ended: it is shown with the posting, and as the cause of a dead letter where one follows.';
  const more =
    'Dead letters show codes of a connector with `erp.` before them: `erp.kinetic.business-rule`. Two kinds of codes are made of what was answered and are not listed: `kinetic.http-<status>`, `p21.http-<status>` and `sl.http-<status>`, and `stripe.<code>` with the code or type of error that Stripe gave. `internal.<Name>` is an error without a code: a defect, rejected and never retried.';
  return `# Error codes\n\n<!-- Generated from the sources and tools/docs/code-catalogue.ts by \`npm run docs:generate\`. Do not edit. -->\n\nStable and dotted: dashboards and runbooks key on them. ${next}\n\n${more}\n\n| code | next | what it means | what to do | where |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
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
  const description = docOf(node);
  const code = literal('code');
  if (code !== undefined) return [{ code, disposition, description, where }];
  // A class of many codes has a table beside it: `export const xStatus = { 'code': status, ... }`.
  return tableBeside(source).map(([name, status]) => ({ code: name, disposition: `${disposition} (HTTP ${status})`, description, where }));
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
