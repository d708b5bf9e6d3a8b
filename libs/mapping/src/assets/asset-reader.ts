import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node } from 'yaml';
import { didYouMean, expectedOneOf } from '../problem.js';
import type { AssetProblem } from '../problem.js';

/** The text of one asset. */
export interface AssetFile {
  /** Path as shown in problems: `assets/<kind of target>/flows/x.yaml`. */
  readonly path: string;
  readonly text: string;
}

/** A CEL expression with its position. */
export interface Expression {
  readonly text: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** Number of characters before the text on its line (a quote), or undefined when the text spans several lines. */
  readonly indent: number | undefined;
}

/** A value with its position, for problems that are found later (an unknown mapping, for example). */
export interface Located<Value> {
  readonly value: Value;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Reads one YAML value. Collects problems with their positions instead of stopping at the first one. */
export class AssetNode {
  private constructor(
    private readonly node: Node | null,
    private readonly file: AssetFile,
    private readonly lines: LineCounter,
    private readonly problems: AssetProblem[],
    private readonly offset: number,
  ) {}

  /** Parses the document of a file; undefined when the file is not valid YAML, which is added to the problems. */
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

  /** Reports keys that are not allowed, and required keys that are missing. @returns whether there was no problem. */
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

  /** Entries of a mapping in their order; empty for any other value. */
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

  /** The text; undefined when there is a problem, which is reported. */
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

  /** The boolean; undefined when there is a problem, which is reported. */
  boolean(): boolean | undefined {
    const value = this.scalar();
    return typeof value === 'boolean' ? value : this.report('expected true or false');
  }

  /** Name -> text, in order. */
  textMap(): Map<string, string> {
    if (!this.isMap()) this.report('expected names with texts');
    return new Map(this.entries().flatMap(([name, node]) => (node.text() === undefined ? [] : [[name, String(node.scalar())]])));
  }

  /** A CEL expression. `true`, `false` and whole numbers are expressions too. */
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

  /** ` (did you mean ...)` for callers that know names which are not in the document. */
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
