import { forEachTarget, loadServedTargets } from './erp-sink.config.js';

const common = {
  KAFKA_BROKERS: '127.0.0.1:9092',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:8081',
  DATABASE_URL: 'postgresql://u:p@127.0.0.1/db',
};
const two = 'kinetic-main=epicor-kinetic,sl-main=dynamics-sl';
const served = (env: Record<string, string>): unknown[] =>
  loadServedTargets({ ...common, ...env }).map(({ config }) => [config.ERP_TARGET, config.ERP_KIND, config.ERP_CONCURRENCY]);

it('serves one target by ERP_TARGET and ERP_KIND, or several by ERP_TARGETS, each with variables of its own', () => {
  expect(served({ ERP_TARGET: 'kinetic-main' })).toEqual([['kinetic-main', 'epicor-kinetic', 16]]);
  expect(served({ ERP_TARGET: 'kinetic-main', KINETIC_MAIN__ERP_CONCURRENCY: '2' })).toEqual([['kinetic-main', 'epicor-kinetic', 2]]);
  expect(served({ ERP_TARGETS: two, ERP_CONCURRENCY: '8', SL_MAIN__ERP_CONCURRENCY: '1' })).toEqual([
    ['kinetic-main', 'epicor-kinetic', 8],
    ['sl-main', 'dynamics-sl', 1],
  ]);
});

it('gives the connector of a target its own variables', () => {
  const [kinetic, sl] = loadServedTargets({ ...common, ERP_TARGETS: two, X: 'of all', SL_MAIN__X: 'of sl-main' });
  expect([kinetic?.env.X, sl?.env.X]).toEqual(['of all', 'of sl-main']);
});

it.each([
  [{}, 'ERP_TARGET is missing'],
  [{ ERP_TARGETS: 'kinetic-main' }, 'ERP_TARGETS is "kinetic-main": expected target=kind, comma separated'],
  [{ ERP_TARGETS: 'a=x,a=y' }, 'ERP_TARGETS: a is listed twice'],
  [{ ERP_TARGETS: two, ERP_TARGET: 'kinetic-main' }, `ERP_TARGET (kinetic-main) and ERP_TARGETS (${two}) are both set: remove one`],
  [{ ERP_TARGETS: two, SL_MAIN__ERP_CONCURRENCY: 'many' }, 'sl-main: ERP_CONCURRENCY is not usable'],
] as const)('refuses %j with what is wrong and where', (env, problem) => {
  expect(() => served(env)).toThrow(problem);
});

it('lists the problems of all targets at once', () => {
  const make = (target: string): never => {
    throw new Error(`no address for ${target}`);
  };
  expect(() => forEachTarget(['one', 'two'], (target) => target, make)).toThrow(/one: no address for one\n {2}two: no address for two/);
});
