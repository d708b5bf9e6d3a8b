import { KineticError } from './answers.js';
import { isRawNumber } from './exact-json.js';
import type { Table } from './schema.js';
import { columnOf } from './schema.js';
import type { Row, Value } from './store.js';

type Predicate = (row: Readonly<Row>) => boolean;
type Literal = string | number | boolean | null;

const tokenPattern = /\s*(?:(?<text>'(?:[^']|'')*')|(?<punctuation>[()])|(?<word>[A-Za-z_][\w./]*)|(?<literal>-?\d[\w:.+-]*))/y;

/**
 * A `$filter` of comparisons joined by `and`, `or`, `not` and brackets, of contains, startswith, endswith, and of tolower, toupper, trim.
 * Source: docs/reference/epicor-kinetic.md section 4.1 (`$filter` [verified]); the supported part of its grammar (functions as in OData 4)
 * and that text compares without regard to case, as the usual database collation does, are assumed.
 * @throws {KineticError} 400 ODataException for a bad filter or an unknown field: section 5 [verified].
 */
export function odataFilter(text: string, table: Table): Predicate {
  const tokens = tokenise(text);
  let at = 0;
  const bad = (what: string): KineticError => new KineticError('odata', `Syntax error at position ${at} in '${text}': ${what}.`);
  const peek = (): string | undefined => tokens[at];
  const take = (): string => {
    const token = tokens[at];
    if (token === undefined) throw bad('unexpected end');
    at += 1;
    return token;
  };
  const expect = (wanted: string): void => {
    if (take() !== wanted) throw bad(`expected '${wanted}'`);
  };
  const field = (name: string): string => {
    if (!columnOf(table, name)) throw new KineticError('odata', `Could not find a property named '${name}' on type 'Erp.${table.name}'.`);
    return name;
  };

  function disjunction(): Predicate {
    let left = conjunction();
    while (peek() === 'or') {
      take();
      const [a, b] = [left, conjunction()];
      left = (row) => a(row) || b(row);
    }
    return left;
  }
  function conjunction(): Predicate {
    let left = term();
    while (peek() === 'and') {
      take();
      const [a, b] = [left, term()];
      left = (row) => a(row) && b(row);
    }
    return left;
  }
  function term(): Predicate {
    const token = take();
    if (token === 'not') {
      const inner = term();
      return (row) => !inner(row);
    }
    if (token === '(') {
      const inner = disjunction();
      expect(')');
      return inner;
    }
    if (peek() === '(' && token in textFunctions) return textFunction(token as keyof typeof textFunctions);
    const left = operand(token);
    const operator = take();
    const compare = operators[operator];
    if (!compare) throw bad(`'${operator}' is not an operator`);
    const right = literal(take(), bad);
    const rightText = comparable(String(right));
    return (row) => compare(order(left(row), right, rightText));
  }
  /** A column, or tolower, toupper and trim of one, also nested. */
  function operand(token: string): (row: Readonly<Row>) => Value | undefined {
    if (peek() !== '(' || !(token in textChanges)) {
      const name = field(token);
      return (row) => row[name];
    }
    expect('(');
    const inner = operand(take());
    expect(')');
    const change = textChanges[token as keyof typeof textChanges];
    return (row) => change(String(inner(row) ?? ''));
  }
  function textFunction(name: keyof typeof textFunctions): Predicate {
    expect('(');
    const column = field(take());
    const part = String(literal(take(), bad)).toLowerCase();
    expect(')');
    return (row) => textFunctions[name](String(row[column] ?? '').toLowerCase(), part);
  }

  const predicate = disjunction();
  if (at < tokens.length) throw bad(`'${tokens[at]}' was not expected`);
  return predicate;
}

const textFunctions = {
  contains: (text: string, part: string) => text.includes(part),
  startswith: (text: string, part: string) => text.startsWith(part),
  endswith: (text: string, part: string) => text.endsWith(part),
};

const textChanges = {
  tolower: (text: string) => text.toLowerCase(),
  toupper: (text: string) => text.toUpperCase(),
  trim: (text: string) => text.trim(),
};

const operators: Record<string, (sign: number) => boolean> = {
  eq: (sign) => sign === 0,
  ne: (sign) => sign !== 0,
  gt: (sign) => sign > 0,
  ge: (sign) => sign >= 0,
  lt: (sign) => sign < 0,
  le: (sign) => sign <= 0,
};

function tokenise(text: string): string[] {
  const tokens: string[] = [];
  // Commas only part the arguments of functions, whose number is fixed.
  const plain = text.replace(/'(?:[^']|'')*'|,/g, (match) => (match === ',' ? ' ' : match));
  tokenPattern.lastIndex = 0;
  while (plain.slice(tokenPattern.lastIndex).trim() !== '') {
    const position = tokenPattern.lastIndex;
    const match = tokenPattern.exec(plain);
    if (!match) throw new KineticError('odata', `Syntax error at position ${position} in '${text}'.`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

function literal(token: string, bad: (what: string) => KineticError): Literal {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
  if (/^\d{4}-\d{2}-\d{2}/.test(token)) return token;
  throw bad(`'${token}' is not a literal`);
}

/** Sign of left - right; NaN when they cannot be compared. */
function order(left: Value | undefined, right: Literal, rightText: string): number {
  const plain = left === undefined ? null : isRawNumber(left) ? Number(left.rawJSON) : left;
  if (plain === null || right === null) return plain === right ? 0 : Number.NaN;
  if (typeof plain === 'number' && typeof right === 'number') return Math.sign(plain - right);
  if (typeof plain === 'boolean' || typeof right === 'boolean') return plain === right ? 0 : Number.NaN;
  const leftText = comparable(String(plain));
  return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
}

/** Dates are compared by their day, texts without regard to case. */
function comparable(text: string): string {
  return (text[10] === 'T' ? text.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00Z?$/, '$1') : text).toLowerCase();
}
