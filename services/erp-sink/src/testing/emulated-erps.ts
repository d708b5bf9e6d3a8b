/** An emulated ERP, and what its connector needs to be told. */
export interface EmulatedErp {
  readonly kind: string;
  /** Path below the emulator that the connector is told. */
  readonly url: readonly [variable: string, path: string];
  /** Variable of the password. */
  readonly secret: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Fields of a customer, beside its name. */
  readonly fields: (id: string) => Record<string, string>;
  readonly nameField: string;
}
/** Every emulated ERP that signs in with a password, which is `demo-password`. */
export const emulatedErps: readonly EmulatedErp[] = [
  {
    kind: 'epicor-kinetic',
    url: ['KINETIC_URL', '/kinetic'],
    secret: 'KINETIC_PASSWORD',
    variables: { KINETIC_COMPANY: 'EPIC06', KINETIC_USER: 'tributary', KINETIC_API_KEY: 'demo-api-key', KINETIC_CALL_TIMEOUT_MS: '3000' },
    fields: (id) => ({
      CustID: id.slice(-8).toUpperCase(),
      CurrencyCode: 'USD',
      TermsCode: 'N30',
      TerritoryID: 'US',
      StripeCustomerID_c: id,
    }),
    nameField: 'Name',
  },
  {
    kind: 'dynamics-sl',
    url: ['SL_URL', '/sl'],
    secret: 'SL_PASSWORD',
    variables: { SL_COMPANY: '0060', SL_USER: 'tributary', SL_CALL_TIMEOUT_MS: '3000' },
    fields: (id) => ({ EMailAddr: `${id.replace(/\W/g, '-')}@payers.example`, ClassId: 'STRIPE', CuryId: 'USD' }),
    nameField: 'Name',
  },
  {
    kind: 'prophet21',
    url: ['P21_URL', ''],
    secret: 'P21_PASSWORD',
    variables: { P21_COMPANY: 'ACME', P21_USER: 'tributary', P21_CALL_TIMEOUT_MS: '3000' },
    fields: (id) => ({ SalesrepId: '100', TermsId: '30', EmailAddress: `${id.replace(/\W/g, '-')}@payers.example` }),
    nameField: 'CustomerName',
  },
];
