import type { DataSource } from 'typeorm';
import { EventRepository } from './event.repository.js';

/** A data source whose server is unreachable. */
function silentDatabase(): DataSource {
  const refuse = (): Promise<never> => Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
  return { transaction: refuse, query: refuse } as unknown as DataSource;
}

it('while PostgreSQL is away a record waits and is not dead-lettered', async () => {
  const delivery = { partition: 0, offset: 1n, eventId: 'evt_1', type: 'charge.succeeded', endpoint: null, account: null };
  await expect(new EventRepository(silentDatabase()).recordDelivery({ ...delivery, receivedAt: new Date(0) })).rejects.toMatchObject({
    code: 'database.silent',
    disposition: 'pause',
  });
});
