import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node } from 'yaml';
import { didYouMean, expectedOneOf } from '../problem.js';
import type { AssetProblem } from '../problem.js';

/** One asset, as text. */
export interface AssetFile {
  /** As it is shown in problems: `assets/<kind of target>/flows/x.yaml`. */
  readonly path: string;
  readonly text: string;
}

/** A CEL expression with its place. */
export interface Expression {
  readonly text: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** Characters before the text on its line (a quote), or undefined where the text spans lines. */
  readonly indent: number | undefined;
}

/** A name with its place, for problems that show later (an unknown mapping, say). */
export interface Located<Value> {
  readonly value: Value;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Reads one YAML value and collects problems with their places instead of stopping at the first. */
export class AssetNode {
  private constructor(
    private readonly node: Node | null,
    private readonly file: AssetFile,
    private readonly lines: LineCounter,
    private readonly problems: AssetProblem[],
    private readonly offset: number,
  ) {}

  /** The document of a file; undefined when it is not YAML at all (the problems say so). */
  static parse(file: AssetFile, problems: AssetProblem[]): AssetNode | undefined {
    const lines = new LineCounter();
    const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    for (const error of document.errors) {
      const { line, col } = lines.linePos(error.pos[0]);
      problems.push({ path: file.path, line, column: col, message: `expected YAML: ${error.message}` });
    }
    return document.errors.length > 0 ? undefined : new AssetNode(document.contents as Node | null, file, lines, problems, 0);
  }

  report(message: string): undefined {
    this.problems.push({ path: this.file.path, ...this.place(), message });
    return undefined;
  }

  located<Value>(value: Value): Located<Value> {
    return { value, path: this.file.path, ...this.place() };
  }

  /** Reports names that the document must not have, and those it must have and has not. */
  keys(allowed: readonly string[], required: readonly string[]): boolean {
    if (!isMap(this.node)) {
      this.report(`expected a document with the keys ${allowed.map((key) => `"${key}"`).join(', ')}`);
      return false;
    }
    const found = new Set(this.entries().map(([name]) => name));
    for (const item of this.node.items) {
      const name = String(isScalar(item.key) ? item.key.value : item.key);
      if (!allowed.includes(name)) this.child(item.key as Node).report(expectedOneOf(name, allowed));
    }
    const missing = required.filter((key) => !found.has(key));
    for (const key of missing) this.report(`expected the key "${key}"`);
    return missing.length === 0;
  }

  get(key: string): AssetNode | undefined {
    return this.entries().find(([name]) => name === key)?.[1];
  }

  /** Entries of a mapping in their order; none for anything else. */
  entries(): [string, AssetNode, AssetNode][] {
    if (!isMap(this.node)) return [];
    return this.node.items.map((item) => [
      String(isScalar(item.key) ? item.key.value : item.key),
      this.child(item.value as Node | null, item.key as Node),
      this.child(item.key as Node),
    ]);
  }

  items(): AssetNode[] {
    if (isSeq(this.node)) return this.node.items.map((item) => this.child(item as Node));
    this.report('expected a list');
    return [];
  }

  isList(): boolean {
    return isSeq(this.node);
  }

  isMap(): boolean {
    return isMap(this.node);
  }

  /** Text, or undefined after a problem. */
  text(allowed?: readonly string[]): string | undefined {
    const value = this.scalar();
    if (typeof value !== 'string' || value === '') return this.report('expected text');
    if (allowed && !allowed.includes(value)) return this.report(expectedOneOf(value, allowed));
    return value;
  }

  locatedText(): Located<string> | undefined {
    const value = this.text();
    return value === undefined ? undefined : this.located(value);
  }

  /** true or false, or undefined after a problem. */
  boolean(): boolean | undefined {
    const value = this.scalar();
    return typeof value === 'boolean' ? value : this.report('expected true or false');
  }

  /** Name -> text, in order. */
  textMap(): Map<string, string> {
    if (!this.isMap()) this.report('expected names with texts');
    return new Map(this.entries().flatMap(([name, node]) => (node.text() === undefined ? [] : [[name, String(node.scalar())]])));
  }

  /** A CEL expression. `true`, `false` and whole numbers stand for themselves. */
  expression(): Expression | undefined {
    const value = this.scalar();
    if (typeof value !== 'string' && typeof value !== 'boolean' && !Number.isInteger(value))
      return this.report('expected a CEL expression');
    const text = String(value);
    const node = this.node;
    const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
    const onOneLine = isScalar(node) && (quoted || node.type === 'PLAIN') && !text.includes('\n');
    return { text, path: this.file.path, ...this.place(), indent: onOneLine ? (quoted ? 1 : 0) : undefined };
  }

  scalar(): unknown {
    return isScalar(this.node) ? this.node.value : undefined;
  }

  /** ` (did you mean ...)` helper for callers that know more names than the document. */
  suggest(got: string, known: readonly string[]): string {
    return didYouMean(got, known);
  }

  private child(node: Node | null, fallback: Node | null = null): AssetNode {
    const offset = node?.range?.[0] ?? fallback?.range?.[0] ?? this.offset;
    return new AssetNode(node, this.file, this.lines, this.problems, offset);
  }

  private place(): { line: number; column: number } {
    const { line, col } = this.lines.linePos(this.node?.range?.[0] ?? this.offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}
