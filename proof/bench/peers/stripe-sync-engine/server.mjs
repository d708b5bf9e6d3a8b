// The peer as its README shows it. DATABASE_URL, PORT, WEBHOOK_SECRET.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const { StripeSync, runMigrations } = require('@supabase/stripe-sync-engine');
const { default: fastify } = require('fastify');

const { DATABASE_URL, PORT, WEBHOOK_SECRET } = process.env;
// Its migrations give tables to a role of this name and stop without a word where there is none.
const { Client } = require('pg');
const client = new Client({ connectionString: DATABASE_URL });
await client.connect();
await client.query('create role postgres').catch((error) => {
  if (error.code !== '42710') throw error; // it is there
});
await client.end();
await runMigrations({ databaseUrl: DATABASE_URL, schema: 'stripe', logger: console });
const sync = new StripeSync({
  poolConfig: { connectionString: DATABASE_URL, max: 10 },
  stripeSecretKey: 'sk_test_peer',
  stripeWebhookSecret: WEBHOOK_SECRET,
  backfillRelatedEntities: false,
  autoExpandLists: false,
});
const server = fastify();
server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
server.get('/ready', async () => 'ready');
server.post('/webhooks/stripe', async (request, reply) => {
  await sync.processWebhook(request.body, request.headers['stripe-signature']);
  return reply.send({ received: true });
});
await server.listen({ port: Number(PORT), host: '127.0.0.1' });
