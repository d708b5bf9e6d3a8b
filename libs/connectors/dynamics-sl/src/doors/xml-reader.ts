import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element: its text, or its children by name without prefix; several of one name are a list. */
export type XmlValue = string | XmlElement | readonly (string | XmlElement)[];
/** An element with children. */
export interface XmlElement {
  readonly [name: string]: XmlValue;
}

/** An answer that is no XML, or more than the plain XML that a web service answers. */
export class XmlRefusedError extends Error {
  override readonly name = 'XmlRefusedError';
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const reference = /&(#x[0-9a-f]{1,6}|#\d{1,7}|[A-Za-z_][\w.-]*);/gi;

/** Deepest nesting that is read. */
const maxDepth = 40;

const parser = new XMLParser({
  // No declarations are read, so there is nothing that could be expanded or fetched: see `readXml`.
  processEntities: false,
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: maxDepth,
});

/**
 * Reads plain XML: elements and text. Document types, and with them entities of any kind, are refused before anything is parsed: no service
 * of the web layer sends one. Of references only the five of XML itself and characters by their number are read.
 * @throws {XmlRefusedError}
 */
export function readXml(text: string): XmlElement {
  if (/<!(?!\[CDATA\[|--)/.test(text)) throw new XmlRefusedError('the answer declares a document type or entities');
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) throw new XmlRefusedError(`the answer is no XML: ${valid.err.msg} (line ${valid.err.line})`);
    const root: unknown = parser.parse(text);
    if (typeof root === 'object' && root !== null) return decoded(root) as XmlElement;
  } catch (error) {
    if (error instanceof XmlRefusedError) throw error;
    throw new XmlRefusedError(`the answer is no XML: ${(error as Error).message.slice(0, 200)}`);
  }
  throw new XmlRefusedError('the answer is no XML');
}

function decoded(value: unknown): XmlValue {
  if (Array.isArray(value)) return value.map(decoded) as (string | XmlElement)[];
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, decoded(one)]));
  return String(value ?? '').replace(reference, (_whole, name: string) => characterOf(name));
}

function characterOf(name: string): string {
  if (!name.startsWith('#')) {
    const known = named[name];
    if (known === undefined) throw new XmlRefusedError(`the answer refers to the entity ${name}`);
    return known;
  }
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (code === 0 || code > 0x10ffff) throw new XmlRefusedError(`the answer refers to the character ${code}`);
  return String.fromCodePoint(code);
}
