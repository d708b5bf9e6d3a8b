import { connectorFor, connectorsOf, environmentOf, shippedTargets, targetKindNames, UnknownTargetKindError } from './target-registry.js';
import { erpDocumentShapes } from './shapes.js';

const kinetic = {
  KINETIC_URL: 'https://erp.example.test/kinetic',
  KINETIC_COMPANY: 'EPIC06',
  KINETIC_USER: 'u',
  KINETIC_PASSWORD: 'p',
  KINETIC_API_KEY: 'k',
};

const dynamicsSl = { SL_URL: 'https://sl.example.test/ctDynamicsSL', SL_COMPANY: '0060', SL_USER: 'u', SL_PASSWORD: 'p' };
const prophet21 = { P21_URL: 'https://p21.example.test', P21_COMPANY: 'ACME', P21_USER: 'u', P21_PASSWORD: 'p' };

it('makes the connector of each kind from its own variables', () => {
  // A new kind goes behind these: the order is what messages list.
  expect(targetKindNames.slice(0, 5)).toEqual(['epicor-kinetic', 'dynamics-sl', 'prophet21', 'stripe', 'rest']);
  expect(connectorFor('epicor-kinetic', kinetic).name).toBe('epicor-kinetic');
  expect(connectorFor('dynamics-sl', dynamicsSl).name).toBe('dynamics-sl');
  expect(connectorFor('prophet21', prophet21).name).toBe('prophet21');
  expect(connectorFor('stripe', { STRIPE_API_KEY: 'sk_test_1' }).name).toBe('stripe');
  expect(shippedTargets).toEqual(['kinetic-main', 'sl-main', 'p21-main', 'stripe-main']);
});

it('names the variables that are missing, and the kinds there are', () => {
  expect(() => connectorFor('epicor-kinetic', { ...kinetic, KINETIC_URL: undefined })).toThrow(/KINETIC_URL/);
  expect(() => connectorFor('epicor-kinetic', { ...kinetic, KINETIC_USER: undefined })).toThrow(/KINETIC_USER/);
  // A token says who calls, so neither a user nor a password is asked for.
  const byToken = { KINETIC_USER: undefined, KINETIC_PASSWORD: undefined, ERP_OAUTH_CLIENT_ID: 'c', ERP_OAUTH_CLIENT_SECRET: 's' };
  for (const issuer of [{ ERP_OAUTH_TOKEN_URL: 'https://login.example.test/token' }, { ERP_OAUTH_ISSUER: 'https://login.example.test' }])
    expect(connectorFor('epicor-kinetic', { ...kinetic, ...byToken, ...issuer }).name).toBe('epicor-kinetic');
  expect(() => connectorFor('sap', {})).toThrow(UnknownTargetKindError);
  expect(() => connectorFor('sap', {})).toThrow('ERP_KIND "sap": there are epicor-kinetic, dynamics-sl, prophet21, stripe, rest');
});

it('makes one connector per target, each with variables of its own', () => {
  const env = { ...kinetic, KINETIC_EU__KINETIC_COMPANY: 'EU01', KINETIC_EUROPE__KINETIC_COMPANY: 'other' };
  expect(environmentOf('kinetic-eu', env).KINETIC_COMPANY).toBe('EU01');
  expect(environmentOf('kinetic-main', env).KINETIC_COMPANY).toBe('EPIC06');
  // A secret of its own replaces that of all, wherever each is kept.
  const secrets = { X_PASSWORD: 'of all', EU__X_PASSWORD_FILE: '/of/eu', Y_KEY_FILE: '/of/all', EU__Y_KEY: 'of eu' };
  expect(environmentOf('eu', secrets)).toMatchObject({ X_PASSWORD_FILE: '/of/eu', Y_KEY: 'of eu' });
  expect(Object.keys(environmentOf('eu', secrets)).sort()).toEqual(['EU__X_PASSWORD_FILE', 'EU__Y_KEY', 'X_PASSWORD_FILE', 'Y_KEY']);
  const connectors = connectorsOf(
    new Map([
      ['kinetic-main', 'epicor-kinetic'],
      ['kinetic-eu', 'epicor-kinetic'],
    ]),
    env,
  );
  expect([...connectors.keys()]).toEqual(['kinetic-main', 'kinetic-eu']);
  expect(connectors.get('kinetic-main')).not.toBe(connectors.get('kinetic-eu'));
});

it('a connector takes exactly the kinds that it has a shape for', () => {
  for (const [kind, env] of [
    ['epicor-kinetic', kinetic],
    ['dynamics-sl', dynamicsSl],
    ['prophet21', prophet21],
    ['stripe', { STRIPE_API_KEY: 'sk_test_1' }],
    ['rest', { REST_URL: 'https://gateway.example.test', REST_SECRET: 'x' }],
  ] as const) {
    const shaped = Object.values(erpDocumentShapes).filter(({ name }) => name.startsWith(`${kind}/`));
    const kinds = [...new Set(shaped.map((shape) => shape.kind))];
    expect([...connectorFor(kind, env).capabilities].sort()).toEqual(kinds.sort());
  }
});
