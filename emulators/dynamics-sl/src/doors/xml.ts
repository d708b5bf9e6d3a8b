import { BadRequest } from '../answers.js';

/** What an element holds: its text, or its children in their order. */
export interface XmlNode {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlNode[];
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Text with its references resolved: the five of XML and characters by number; others are refused. */
function unescaped(text: string): string {
  return text.replace(/&([^;]*);/g, (_, reference: string) => {
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(reference);
    const code = number ? (number[1] ? Number.parseInt(number[1], 16) : Number(number[2])) : undefined;
    const found = code === undefined ? named[reference] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    if (found === undefined) throw new BadRequest(`Reference to undeclared entity '${reference}'.`);
    return found;
  });
}

interface Open {
  readonly name: string;
  text: string;
  readonly children: XmlNode[];
}

const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/y;
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function closed(open: Open[], name: string): void {
  const node = open.pop();
  if (!node || open.length === 0 || node.name !== localName(name)) throw new BadRequest(`Unexpected end tag '${name}'.`);
  open.at(-1)?.children.push(node);
}

/**
 * Reads an XML document; prefixes and attributes are left out. Document types are refused, as ASP.NET does (assumed).
 * @throws {BadRequest} for what is no well-formed document.
 */
export function parseXml(text: string): XmlNode {
  const open: Open[] = [{ name: '', text: '', children: [] }];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new BadRequest(`The XML is not valid at character ${at}.`);
    const [, data, end, start, , empty, plain] = match;
    const current = open.at(-1) as Open;
    if (data !== undefined) current.text += data;
    else if (plain !== undefined) current.text += unescaped(plain);
    else if (end !== undefined) closed(open, end);
    else if (start !== undefined) {
      open.push({ name: localName(start), text: '', children: [] });
      if (empty) closed(open, start);
    }
  }
  const [root] = open[0]?.children ?? [];
  if (!root || open.length !== 1) throw new BadRequest('The XML document is not complete.');
  return root;
}

/** A child by name. */
export const childOf = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((child) => child.name === name);

const isList = (node: XmlNode): boolean => {
  const [first] = node.children;
  return (
    node.name.startsWith('my') &&
    first !== undefined &&
    node.name === `my${first.name}` &&
    node.children.every(({ name }) => name === first.name)
  );
};

/** An element as a value: text, a list (`<myARTran><ARTran>...`), or an object in which repeated names are lists. */
export function valueOf(node: XmlNode): unknown {
  if (node.children.length === 0) return node.text;
  if (isList(node)) return node.children.map(valueOf);
  const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const child of node.children) {
    const value = valueOf(child);
    const before = values[child.name];
    values[child.name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return { ...values };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** An element with a value: lists are wrapped as `<myARTran><ARTran>...`, other lists are repeated elements (assumed, as ASP.NET writes arrays). */
export function element(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    if (!name.startsWith('my')) return value.map((one) => element(name, one)).join('');
    return `<${name}>${value.map((one) => element(name.slice(2), one)).join('')}</${name}>`;
  }
  if (typeof value !== 'object') return `<${name}>${escaped(String(value))}</${name}>`;
  const inner = Object.entries(value).map(([child, one]) => element(child, one));
  return `<${name}>${inner.join('')}</${name}>`;
}
