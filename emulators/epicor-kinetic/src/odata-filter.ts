import { KineticError } from './answers.js';
import { comparable, literalOf, operators, order, textChanges, textFunctions } from './odata-operators.js';
import type { Literal } from './odata-operators.js';
import { tokenise } from './odata-tokens.js';
import type { Table } from './schema.js';
import { columnOf } from './schema.js';
import type { Row, Value } from './store.js';

type Predicate = (row: Readonly<Row>) => boolean;

/**
 * A `$filter` of comparisons joined by `and`, `or`, `not` and brackets, of contains, startswith, endswith, and of tolower, toupper, trim.
 * Source: docs/reference/epicor-kinetic.md section 4.1 (`$filter` [verified]); the supported part of its grammar (functions as in OData 4)
 * and that text compares without regard to case, as the usual database collation does, are assumed.
 * @throws {KineticError} 400 ODataException for a bad filter or an unknown field: section 5 [verified].
 */
export function odataFilter(text: string, table: Table): Predicate {
  return new FilterParser(text, table).parse();
}

/** Reads one `$filter` from left to right. */
class FilterParser {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly table: Table,
  ) {
    this.tokens = tokenise(text);
  }

  parse(): Predicate {
    const predicate = this.disjunction();
    if (this.at < this.tokens.length) throw this.bad(`'${this.tokens[this.at]}' was not expected`);
    return predicate;
  }

  private disjunction(): Predicate {
    let left = this.conjunction();
    while (this.peek() === 'or') {
      this.take();
      const [a, b] = [left, this.conjunction()];
      left = (row) => a(row) || b(row);
    }
    return left;
  }

  private conjunction(): Predicate {
    let left = this.term();
    while (this.peek() === 'and') {
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
    if (this.peek() === '(' && token in textFunctions) return this.textFunction(token as keyof typeof textFunctions);
    const left = this.operand(token);
    const operator = this.take();
    const compare = operators[operator];
    if (!compare) throw this.bad(`'${operator}' is not an operator`);
    const right = this.literal();
    const rightText = comparable(String(right));
    return (row) => compare(order(left(row), right, rightText));
  }

  /** A column, or tolower, toupper and trim of one, also nested. */
  private operand(token: string): (row: Readonly<Row>) => Value | undefined {
    if (this.peek() !== '(' || !(token in textChanges)) {
      const name = this.field(token);
      return (row) => row[name];
    }
    this.expect('(');
    const inner = this.operand(this.take());
    this.expect(')');
    const change = textChanges[token as keyof typeof textChanges];
    return (row) => change(String(inner(row) ?? ''));
  }

  private textFunction(name: keyof typeof textFunctions): Predicate {
    this.expect('(');
    const column = this.field(this.take());
    const part = String(this.literal()).toLowerCase();
    this.expect(')');
    return (row) => textFunctions[name](String(row[column] ?? '').toLowerCase(), part);
  }

  private literal(): Literal {
    const token = this.take();
    const value = literalOf(token);
    if (value === undefined) throw this.bad(`'${token}' is not a literal`);
    return value;
  }

  private field(name: string): string {
    const { table } = this;
    if (!columnOf(table, name)) throw new KineticError('odata', `Could not find a property named '${name}' on type 'Erp.${table.name}'.`);
    return name;
  }

  private peek(): string | undefined {
    return this.tokens[this.at];
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

  private bad(what: string): KineticError {
    return new KineticError('odata', `Syntax error at position ${this.at} in '${this.text}': ${what}.`);
  }
}
