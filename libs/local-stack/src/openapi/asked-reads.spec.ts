import { misfitsOfReads } from './asked-reads.js';

const json = { 'content-type': 'application/json; charset=utf-8' };
const answers: Readonly<Record<string, Response | undefined>> = {
  '/targets': Response.json({ targets: [] }, { headers: json }),
  '/batches': Response.json({ rows: [], next: null, previous: null, total: null }, { headers: json }),
  '/calls?limit=x': Response.json({ error: 'query.invalid', message: 'limit: a number' }, { headers: json, status: 400 }),
  '/release-orders': new Response('a,b', { headers: { 'content-type': 'text/csv' } }),
};
const ask = (path: string): Promise<Response> => Promise.resolve(answers[path]?.clone() ?? new Response('none', { status: 404 }));

it('names paths that are not asked, answers of another shape, status or type, and nothing else', async () => {
  const requests = {
    '/targets': ['/targets'],
    '/batches': ['/batches'],
    '/calls': [['/calls?limit=x', 400]],
    '/release-orders': ['/release-orders'],
    '/erasures/{customerId}': ['/erasures/cus_1'],
    '/postings': [],
  } as const;
  expect(await misfitsOfReads('erp-sink', requests, ask)).toEqual([
    'GET /log-level is not asked',
    'GET /postings is not asked',
    'GET /postings/{path} is not asked',
    "GET /batches: the answer must have required property 'batches'",
    'GET /release-orders is text/csv, not application/json',
    'GET /erasures/cus_1 answered 404 instead of 200: none',
  ]);
});

it('reads the first snapshot of a live stream', async () => {
  const feed = (data: object): Promise<string[]> =>
    misfitsOfReads('recon', { '/feed': ['/feed'] }, () =>
      Promise.resolve(
        new Response(`: hello\n\nevent: snapshot\ndata: ${JSON.stringify(data)}\n\n`, { headers: { 'content-type': 'text/event-stream' } }),
      ),
    );
  const misfits = (await feed({ counts: {} })).filter((line) => line.startsWith('GET /feed'));
  expect(misfits).toContain("GET /feed: the answer must have required property 'stages'");
});
