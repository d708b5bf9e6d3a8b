import fc from 'fast-check';
import { readXml, XmlRefusedError } from './xml-reader.js';

it('reads elements, lists and text, without prefixes and attributes', () => {
  const text =
    '<?xml version="1.0"?><s:Body xmlns:s="urn:x"><a id="1">one</a><b><c>2.50</c><c> three </c></b><d/><e><![CDATA[<raw> & ]]></e></s:Body>';
  expect(readXml(text)).toEqual({ Body: { a: 'one', b: { c: ['2.50', 'three'] }, d: '', e: '<raw> & ' } });
});

it('reads the references of XML itself and characters by their number, once', () => {
  expect(readXml('<a>&lt;&gt;&quot;&apos;&amp;lt; &#65;&#x1F600;</a>')).toEqual({ a: '<>"\'&lt; A\u{1F600}' });
});

/** Each level repeats the one before it ten times: expanded it would have 10^9 copies. */
const levels = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
const billionLaughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${levels}]><x>&l9;</x>`;

it.each([
  ['a billion laughs', billionLaughs],
  ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
  ['an external document type', '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/evil.dtd"><x/>'],
  ['a parameter entity', '<!doctype x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]><x/>'],
  ['an entity without a declaration', '<x>&secret;</x>'],
  ['a character that is none', '<x>&#0;</x>'],
])('refuses %s', (_what, text) => {
  expect(() => readXml(text)).toThrow(XmlRefusedError);
});

it.each(['', 'plain text', '<a><b></a>', '<html><p>page</html>', `${'<a>'.repeat(500)}x${'</a>'.repeat(500)}`])(
  'refuses what is no answer of a service: %s',
  (text) => {
    expect(() => readXml(text)).toThrow(XmlRefusedError);
  },
);

it('never throws anything else, whatever comes', () => {
  const pieces = fc.constantFrom(
    '<a>',
    '</a>',
    '<b x="1">',
    '</b>',
    '&amp;',
    '&#x0;',
    '&e;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?p ?>',
    'x',
    '<!',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      try {
        readXml(parts.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(XmlRefusedError);
      }
    }),
  );
});

it.each(['__proto__', 'constructor', 'toString'])('an element named %s changes nothing outside of the answer', (name) => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  try {
    readXml(`<a><${name}>x</${name}></a>`);
  } catch (error) {
    expect(error).toBeInstanceOf(XmlRefusedError);
  }
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});
