import { P21Client } from './testing/p21-client.js';

let p21: P21Client;
beforeAll(async () => {
  p21 = await P21Client.start();
});
afterAll(() => p21.stop());

const read = (query: string) => p21.send('GET', `/odataservice/odata/table/customer?${query}`);
const filter = (text: string) => read(`$filter=${encodeURIComponent(text)}`);

it('selects, orders, pages and counts; a view has what its table has', async () => {
  const { body } = await read('$select=customer_name&$orderby=customer_name%20desc&$top=2&$skip=1&$count=true');
  expect(body).toMatchObject({ '@odata.count': 5, value: [{ customer_name: 'Twin Tools East' }, { customer_name: 'Bayside Marine' }] });
  expect((await p21.send('GET', '/odataservice/odata/view/p21_view_customer')).body.value).toHaveLength(5);
});

it.each([
  ["contains(customer_name,'tools')", 2],
  ["startswith(customer_name,'Acme') or endswith(customer_name,'Marine')", 3],
  ["not (customer_name eq 'bayside marine')", 4],
  ['customer_id ge 100103 and customer_id lt 100104', 1],
  ["customer_id eq '100103'", 1],
  ['legacy_id eq null', 5],
  ['date_last_modified gt 2020-01-01T00:00:00Z', 5],
  ["date_last_modified gt '2999-01-01'", 0],
  // `in` is ignored and returns every row.
  ['customer_id in (100101,100102)', 5],
])('%s finds %d', async (text, count) => {
  expect((await filter(text)).body.value).toHaveLength(count);
});

it.each([
  ['nothing eq 1', "Could not find a property named 'nothing' on type 'P21.customer'."],
  ["customer_id eq 'x'", 'Failed to convert parameter value from a String to a Decimal.'],
  ['customer_id eq credit_limit', 'Failed to convert parameter value from a String to a Decimal.'],
  ["date_created eq 'x'", 'Failed to convert parameter value from a String to a DateTime.'],
  ['date_created lt now()', "Syntax error in 'date_created lt now()': the function now is not supported."],
  ["substringof('a',customer_name)", "Syntax error in 'substringof('a',customer_name)': the function substringof is not supported."],
  ['customer_id eq', "Syntax error in 'customer_id eq': unexpected end."],
])('%s is 404', async (text, message) => {
  const { status, body } = await filter(text);
  expect([status, body.error.message]).toEqual([404, message]);
});

it('an unknown table, a table without fields of the site and a refused right are refused', async () => {
  expect((await p21.send('GET', '/odataservice/odata/table/none')).status).toBe(404);
  expect((await p21.send('GET', '/odataservice/odata/table/gl_ud')).status).toBe(404);
  await p21.faults([{ match: { service: 'odata' }, action: { kind: 'odata-denied' } }]);
  expect(await p21.send('GET', '/odataservice/odata/table/gl')).toMatchObject({
    status: 403,
    body: { error: { message: expect.stringMatching(/^You are not \w+ to access API$/) as string } },
  });
});
