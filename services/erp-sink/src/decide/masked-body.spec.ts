import { secretNames } from '@tributary/domain';
import fc from 'fast-check';
import { isSignIn, maskedBody, maskedPath } from './masked-body.js';

it.each([
  [
    '{"Name":"Ada","Amount":10.50,"Key1":"+49170","Due":"2026-11-21","Off":"9.90","password":"x","nested":{"ApiKey":12}}',
    '{"Name":"[masked]","Amount":10.50,"Key1":"[masked]","Due":"2026-11-21","Off":"9.90","password":"[secret]","nested":{"ApiKey":"[secret]"}}',
  ],
  ['["Ada \\"L\\"", 12345678901234567890]', '["[masked]", 12345678901234567890]'],
  [
    '<a:Login xmlns:a="urn:x"><apiPassword>hush</apiPassword><Name lang="Ada">Ada &amp; Co</Name><Amount>10.50</Amount></a:Login>',
    '<a:Login xmlns:a="urn:x"><apiPassword>[secret]</apiPassword><Name lang="[masked]">[masked]</Name><Amount>10.50</Amount></a:Login>',
  ],
  ['metadata[name]=Ada&amount=1050&client_secret=abc', 'metadata[name]=[masked]&amount=[masked]&client_secret=[secret]'],
  ['Ada is not here', '[masked] (15 characters)'],
  ['', ''],
])('keeps names and figures of %s', (body, expected) => {
  expect(maskedBody(body, false)).toBe(expected);
});

it.each(secretNames)('masks the value of %s in JSON, XML, forms and paths, also for whoever may read texts', (name) => {
  const bodies = [`{"${name}":"hush","n":1}`, `<${name}>hush</${name}>`, `<a ${name}="hush">1</a>`, `a=1&${name}=hush`];
  expect(bodies.filter((body) => maskedBody(body, true).includes('hush'))).toEqual([]);
  expect(maskedPath(`/x?${name}=hush`, true)).toBe(`/x?${name}=[secret]`);
});

it('masks secrets alone for whoever may read texts', () => {
  expect(maskedBody('{"Name":"Ada","token":["a","b"],"x":1}', true)).toBe('{"Name":"Ada","token":["[secret]","[secret]"],"x":1}');
  expect(maskedPath("/odata/Customers?$filter=Name eq 'Ada'&api-key=k", true)).toBe(
    "/odata/Customers?$filter=Name eq 'Ada'&api-key=[secret]",
  );
  expect(maskedPath("/odata/Customers?$filter=Name eq 'Ada'&$top=100", false)).toBe('/odata/Customers?$filter=[masked]&$top=[masked]');
  expect([
    isSignIn('/api/security/token/v2'),
    isSignIn('/api/v2/odata/EPIC06/Ice.LIB.SessionModSvc/Login'),
    isSignIn('/x?token=1'),
  ]).toEqual([...[true, true, false]]);
});

it('shows no text of any JSON to whoever may not read it, keeps its structure, and changes nothing without a secret for others', () => {
  const letters = fc.stringMatching(/^[g-z]{6,12}$/);
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1 }), fc.jsonValue({ stringUnit: 'binary' }), (words, value) => {
      const body = JSON.stringify({ words, value });
      const masked = JSON.parse(maskedBody(body, false)) as { words: string[] };
      expect(masked.words).toEqual(words.map(() => '[masked]'));
      expect(JSON.parse(maskedBody(body, true))).toBeDefined();
      expect(maskedBody(JSON.stringify({ words }), true)).toBe(JSON.stringify({ words }));
    }),
  );
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (any, texts) => void maskedBody(any, texts)));
});
