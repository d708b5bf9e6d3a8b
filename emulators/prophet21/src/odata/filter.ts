import { ODataError } from '../answers.js';
import type { Column, Table } from '../columns.js';
import type { Row } from '../store.js';
import { comparison, operators, plainText, textFunctions } from './compare.js';

/** Whether a row is wanted. */
export type Predicate = (row: Readonly<Row>) => boolean;

/** How a language of filters differs: OData has `contains`, the Entity API `substringof`, with the part first (section 5 [verified]). */
export interface Dialect {
  readonly functions: readonly string[];
  /** The column of a name as it is written there. @throws {Refusal} for a name that is none. */
  column(name: string): { readonly name: string; readonly column: Column };
}

/** The column of a table. @throws {ODataError} 404 for a name that is none (section 5 [verified text]; the type's name assumed). */
export function odataColumn(table: Table, name: string): { readonly name: string; readonly column: Column } {
  const column = table.columns[name];
  if (!column) throw new ODataError(`Could not find a property named '${name}' on type 'P21.${table.name}'.`);
  return { name, column };
}

const tokenPattern = /\s*(?:'(?:[^']|'')*'|[(),]|[A-Za-z_][\w./]*|-?\d[\w:.+-]*)/y;

/**
 * Reads comparisons joined by `and`, `or`, `not` and brackets, and functions of text. `in (...)` is ignored, so that it is true of every row;
 * `now()` is 404: docs/reference/prophet21.md section 5 [verified]. The rest of the grammar is that of OData (assumed).
 */
export class FilterParser {
  private readonly tokens: string[] = [];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly dialect: Dialect,
  ) {
    tokenPattern.lastIndex = 0;
    while (text.slice(tokenPattern.lastIndex).trim() !== '') {
      const position = tokenPattern.lastIndex;
      const match = tokenPattern.exec(text);
      if (!match) throw this.bad(`syntax error at position ${position}`);
      this.tokens.push(match[0].trim());
    }
  }

  /** @throws {Refusal} for a filter that cannot be read. */
  parse(): Predicate {
    const predicate = this.disjunction();
    if (this.at < this.tokens.length) throw this.bad(`'${this.tokens[this.at]}' was not expected`);
    return predicate;
  }

  private disjunction(): Predicate {
    let left = this.conjunction();
    while (this.tokens[this.at] === 'or') {
      this.take();
      const [a, b] = [left, this.conjunction()];
      left = (row) => a(row) || b(row);
    }
    return left;
  }

  private conjunction(): Predicate {
    let left = this.term();
    while (this.tokens[this.at] === 'and') {
      this.take();
      const [a, b] = [left, this.term()];
      left = (row) => a(row) && b(row);
    }
    return left;
  }

  private term(): Predicate {
    const token = this.take();
    if (token === 'not') {
      const inner = this.term();
      return (row) => !inner(row);
    }
    if (token === '(') {
      const inner = this.disjunction();
      this.expect(')');
      return inner;
    }
    if (this.tokens[this.at] === '(') return this.textFunction(token);
    const { name, column } = this.dialect.column(token);
    const operator = this.take();
    if (operator === 'in') return this.ignoredList();
    const compare = operators[operator];
    if (!compare) throw this.bad(`'${operator}' is not an operator`);
    const literal = this.take();
    if (this.tokens[this.at] === '(') throw this.bad(`the function ${literal} is not supported`);
    const sign = comparison(column, literal);
    return (row) => compare(sign(row[name]));
  }

  private ignoredList(): Predicate {
    this.expect('(');
    while (this.take() !== ')');
    return () => true;
  }

  private textFunction(name: string): Predicate {
    if (!this.dialect.functions.includes(name)) throw this.bad(`the function ${name} is not supported`);
    this.expect('(');
    const first = this.take();
    this.expect(',');
    const second = this.take();
    this.expect(')');
    const [of, literal] = name === 'substringof' ? [second, first] : [first, second];
    const found = this.dialect.column(of);
    const holds = textFunctions[name === 'substringof' ? 'contains' : name];
    const part = plainText(literal).toLowerCase();
    return (row) => holds?.(String(row[found.name] ?? '').toLowerCase(), part) === true;
  }

  private take(): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw this.bad('unexpected end');
    this.at += 1;
    return token;
  }

  private expect(wanted: string): void {
    if (this.take() !== wanted) throw this.bad(`expected '${wanted}'`);
  }

  private bad(what: string): ODataError {
    return new ODataError(`Syntax error in '${this.text}': ${what}.`);
  }
}
