import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readService, shippedService } from './service-file.js';

it('the shipped service file has the endpoints of the product page', () => {
  const { kinds } = readService(shippedService);
  // docs/reference/documented-api.md section 1
  expect(Object.entries(kinds).map(([kind, { create, update, find }]) => [kind, create, update, find?.split('?')[0]])).toEqual([
    ['customer', 'POST /api/v2/customers', 'PUT /api/v2/customers/{CustomerNumber}', 'GET /api/v2/customers'],
    ['sales-order', 'POST /api/v2/salesorders', undefined, 'GET /api/v2/salesorders'],
    ['invoice', 'POST /api/v2/invoices', undefined, 'GET /api/v2/invoices'],
    ['credit-memo', 'POST /api/v2/creditmemos', undefined, 'GET /api/v2/creditmemos'],
    ['journal', 'POST /api/v2/gl/journalentries', undefined, undefined],
  ]);
  // section 2
  const documented = Object.values(kinds).flatMap(({ fields }) => Object.values(fields).map(({ to }) => to));
  for (const field of ['OrderNumber', 'CustomerNumber', 'OrderDate', 'TotalAmount']) expect(documented).toContain(`SalesOrder.${field}`);
  for (const field of ['Invoice.InvoiceNumber', 'GL.CashAccount', 'GL.RevenueAccount', 'Payment.PaymentAmount', 'Payment.PaymentDate'])
    expect(documented).toContain(field);
});

it('names everything that is wrong in a service file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'service-'));
  const file = join(folder, 'bad.yaml');
  const good = readFileSync(fileURLToPath(shippedService), 'utf8');
  writeFileSync(file, good.replace('POST /api/v2/gl/journalentries', 'journalentries').replace('429: throttled', '429: later'));
  expect(() => readService(file)).toThrow(/bad\.yaml: .*statuses\.429: .*kinds\.journal\.create: expected a method and a path/);
  rmSync(folder, { recursive: true, force: true });
});

it('is a connector of at most 300 lines: without imports, comments and the declared fields of its shapes', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const files = globSync('*.ts', { cwd: folder }).filter((name) => !name.endsWith('.spec.ts') && name !== 'shapes.ts');
  const lines = files.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .replace(/^import [^;]*;$/gm, '')
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\/\*|\*|$)/.test(line)),
  );
  expect(files.length).toBeGreaterThan(5);
  expect(lines.length).toBeLessThanOrEqual(300);
});
