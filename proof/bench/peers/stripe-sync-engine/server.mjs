// The peer as its README shows it. DATABASE_URL, PORT, WEBHOOK_SECRET.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const { StripeSync, runMigrations } = require('@supabase/stripe-sync-engine');
const { default: fastify } = require('fastify');

const { DATABASE_URL, PORT, WEBHOOK_SECRET } = process.env;
await runMigrations({ databaseUrl: DATABASE_URL, schema: 'stripe' });
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
