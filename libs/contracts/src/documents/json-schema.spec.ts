import { documentsJsonSchema } from './json-schema.js';

it('describes every kind, its limits and what may be missing', () => {
  const { properties, $defs } = documentsJsonSchema() as {
    properties: Record<string, object>;
    $defs: Record<string, { properties: Record<string, object>; required: string[] }>;
  };
  expect(Object.keys(properties)).toHaveLength(9);
  expect(properties['credit-memo']).toEqual({ $ref: '#/$defs/SalesDocument' });
  expect($defs.JournalDocument?.properties.lines).toMatchObject({
    type: 'array',
    minItems: 2,
    maxItems: 200,
    items: { $ref: '#/$defs/JournalLine' },
  });
  expect($defs.DocumentRef?.required).toEqual(['document', 'sourceId']);
});
