import { isRawNumber } from './exact-json.js';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * A value as XML: what is answered to whoever does not accept JSON (docs/reference/prophet21.md section 2 [verified]). `PingResponse` is
 * verified there; the names of all other root elements, and that a list repeats its element, are assumed.
 */
export function xmlOf(element: string, value: unknown): string {
  if (value === null || value === undefined) return `<${element}/>`;
  if (Array.isArray(value)) return `<ArrayOf${element}>${value.map((one) => xmlOf(element, one)).join('')}</ArrayOf${element}>`;
  if (isRawNumber(value)) return `<${element}>${value.rawJSON}</${element}>`;
  if (typeof value !== 'object')
    return `<${element}>${String(value).replace(/[&<>"]/g, (character) => escapes[character] ?? '')}</${element}>`;
  const inner = Object.entries(value)
    .map(([name, one]) => xmlOf(name, one))
    .join('');
  return `<${element}>${inner}</${element}>`;
}
