import { visibleText } from '../format/text.js';

const everything = Number.POSITIVE_INFINITY;

/**
 * A value as JSON for people to read and edit. Characters that nobody sees are JSON escapes, so that the text is still JSON for the same value.
 * Never throws.
 */
export function jsonText(value: unknown): string {
  try {
    const text = JSON.stringify(value, undefined, 2) ?? 'null';
    return text
      .split('\n')
      .map((line) => escapedLine(line))
      .join('\n');
  } catch (error) {
    return JSON.stringify(`This value cannot be shown: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `visibleText` writes code points above U+FFFF as `\u{1F}`, which JSON does not know: they are written as two escapes. */
function escapedLine(line: string): string {
  return visibleText(line, everything).replaceAll(/\\u\{([0-9A-F]+)\}/g, (_, point: string) =>
    [...String.fromCodePoint(Number.parseInt(point, 16))]
      .join('')
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** The value of a JSON text, or why it is none, with the place of the mistake where the browser tells it. */
export function readJsonText(text: string): { readonly value: unknown } | { readonly problem: string; readonly at: number | undefined } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const place = /position (\d+)/.exec(problem)?.[1];
    return { problem: `This is no JSON: ${visibleText(problem, 300)}`, at: place === undefined ? undefined : Number(place) };
  }
}
