import fc from 'fast-check';
import { sent } from '../api/sent.js';
import { readMessageRecord } from './read-record.js';
import { bodyJson, recordJson } from './record-json.js';

const record = (fields: readonly object[], body: string | null = null) => readMessageRecord(sent({ source: 'topic', fields, body }));

it('makes one JSON text of a decoded message: every figure as it is, what is masked as masked', () => {
  const text = recordJson(
    record([
      { path: 'amount', value: null },
      { path: 'amount.minor', value: '9007199254740993' },
      { path: 'lines', value: '2 entries' },
      { path: 'lines[0].text', masked: true },
      { path: 'lines[1].text', value: null },
      { path: 'fields', value: '1 entry' },
      { path: 'fields[__proto__]', value: 'x' },
    ]),
  );
  expect(text).toBe(
    ['{', '  "amount": {', '    "minor": "9007199254740993"', '  },', '  "lines": [', '    {', '      "text": "[masked]"', '    },'].join(
      '\n',
    ) + ['', '    {', '      "text": null', '    }', '  ],', '  "fields": {', '    "__proto__": "x"', '  }', '}'].join('\n'),
  );
});

it('shows a body with line ends, and what is no JSON as it is', () => {
  expect(bodyJson('{"id":"evt_1"}')).toBe('{\n  "id": "evt_1"\n}');
  expect(bodyJson('{"a":10.50,"b":[],"c":[{"d":12345678901234567890}, "x\\"y"],"e":{}}')).toBe(
    '{\n  "a": 10.50,\n  "b": [],\n  "c": [\n    {\n      "d": 12345678901234567890\n    },\n    "x\\"y"\n  ],\n  "e": {}\n}',
  );
  expect(bodyJson('{"id":\n "e\u202e"}')).toBe('{"id":\n "e\\u202E"}');
  expect(bodyJson('<html>\u0000')).toBe('<html>\\u0000');
  expect(recordJson(record([]))).toBeNull();
});

it('changes nothing of a JSON but where its lines end', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(bodyJson(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(bodyJson('['.repeat(9_000) + ']'.repeat(9_000)).length).toBeLessThan(2_000_000);
});

it('reads any fields', () => {
  const anyFields = fc.array(fc.record({ path: fc.string(), value: fc.option(fc.string()), masked: fc.boolean() }), { maxLength: 20 });
  fc.assert(fc.property(anyFields, (fields) => void JSON.parse(recordJson(record(fields)) ?? 'null')));
});
