import { BadRequest } from '../answers.js';
import { element, parseXml, valueOf } from './xml.js';

it('reads elements, lists, references and CDATA, without prefixes', () => {
  const text =
    '<?xml version="1.0"?><!-- c --><s:a xmlns:s="urn:x"><b>1 &lt; 2 &#x41;</b><myT><T><c>x</c></T><T/></myT><d><![CDATA[<raw>]]></d><e/><f>1</f><f>2</f></s:a>';
  expect(valueOf(parseXml(text))).toEqual({ b: '1 < 2 A', myT: [{ c: 'x' }, ''], d: '<raw>', e: '', f: ['1', '2'] });
});

it.each(['', 'text', '<a>', '<a></b>', '<a/><b', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<a>&x;</a>'])('refuses %s', (text) => {
  expect(() => parseXml(text)).toThrow(BadRequest);
});

it('writes lists in their element and escapes text', () => {
  expect(element('r', { myT: [{ c: '<&>' }], n: null, x: 1.5 })).toBe('<r><myT><T><c>&#60;&#38;&#62;</c></T></myT><x>1.5</x></r>');
});
