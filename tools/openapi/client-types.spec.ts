import type { OpenApiDocument } from '@tributary/platform';
import { renderClientTypes } from './client-types.js';

const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
const responses = { 200: { description: 'x', content: { 'application/json': { schema } } } };
const document = {
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: { '/x': { get: { responses } } },
  components: { schemas: {} },
};

it('makes types of the documents that the page reads through, and of no others', async () => {
  const made = await renderClientTypes(['recon', 'transform'].map((name) => [name, document as unknown as OpenApiDocument] as const));
  expect(made.map(([path]) => path)).toEqual(['services/console/web/src/generated/recon-api.ts']);
  expect(made[0]?.[1]).toContain('readonly a: string');
});
