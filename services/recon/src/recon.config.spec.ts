import { ledgersOf, loadReconConfig } from './recon.config.js';

const env = { KAFKA_BROKERS: '127.0.0.1:9092', SCHEMA_REGISTRY_URL: 'http://127.0.0.1:8081', DATABASE_URL: 'postgres://x@127.0.0.1/x' };

it('reads the ledger of the first target where nothing else is said', () => {
  expect([...ledgersOf(loadReconConfig({ ...env, RECON_TARGETS: 'kinetic-main, stripe-main' }))]).toEqual([
    ['kinetic-main', 'epicor-kinetic'],
  ]);
});

it('reads the ledgers that are named, each of its own kind', () => {
  const config = loadReconConfig({ ...env, RECON_LEDGERS: 'kinetic-main=epicor-kinetic,kinetic-eu=epicor-kinetic' });
  expect([...ledgersOf(config).keys()]).toEqual(['kinetic-main', 'kinetic-eu']);
});

it.each(['kinetic-main', 'kinetic-main=', 'a=b,', 'a=B'])('refuses RECON_LEDGERS=%s', (RECON_LEDGERS) => {
  expect(() => loadReconConfig({ ...env, RECON_LEDGERS })).toThrow(/RECON_LEDGERS/);
});
