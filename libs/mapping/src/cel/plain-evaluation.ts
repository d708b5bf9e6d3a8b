import type { Evaluate } from './evaluate.js';

const path = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
const constants: Readonly<Record<string, boolean>> = { true: true, false: false };
const words = new Set(['null', 'in']);
const plainText = /^'[^'\\]*'$/;

/**
 * Evaluates simple expressions without the interpreter, which covers most expressions of assets: a constant, or a path of fields
 * (`document.amount.currency`).
 * @param otherwise evaluates any other expression, and a path that meets an unreadable value, so that the errors are the same.
 */
export function plainEvaluation(text: string, otherwise: Evaluate): Evaluate {
  const expression = text.trim();
  const constant = plainText.test(expression) ? expression.slice(1, -1) : constants[expression];
  if (constant !== undefined) return () => constant;
  if (!path.test(expression) || words.has(expression)) return otherwise;
  const fields = expression.split('.');
  return (context) => {
    let value: unknown = context;
    for (const field of fields) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return otherwise(context);
      value = (value as Readonly<Record<string, unknown>>)[field];
    }
    return value === undefined ? otherwise(context) : value;
  };
}
