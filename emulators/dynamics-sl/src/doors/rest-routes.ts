import type { Input } from '../data/rows.js';
import { objectOf } from '../screens/call.js';

/** One path of the REST door. */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Below `/api/`; `{Name}` is a parameter. */
  readonly path: string;
  readonly service: string;
  readonly operation: string;
  /** Arguments of the operation from what the path and the body say. */
  readonly args: (parameters: Readonly<Record<string, string>>, body: unknown) => Input;
}

const customers = 'customerMaintenance';
const customer = 'financial/accountsReceivable/customer';

/** Customers: docs/reference/dynamics-sl.md section 2.1 [verified]. */
const customerRoutes: readonly RestRoute[] = [
  { method: 'POST', path: customer, service: customers, operation: 'addCustomer', args: (_, body) => ({ body }) },
  { method: 'POST', path: `${customer}/query`, service: customers, operation: 'queryCustomers', args: (_, body) => ({ filters: body }) },
  {
    method: 'GET',
    path: `${customer}/query/CustID={CustID}`,
    service: customers,
    operation: 'queryCustomers',
    args: ({ CustID }) => ({ filters: [{ name: 'CustID', value: CustID }] }),
  },
  { method: 'GET', path: `${customer}/{CustID}`, service: customers, operation: 'getCustomer', args: ({ CustID }) => ({ custId: CustID }) },
  {
    method: 'PATCH',
    path: `${customer}/{CustID}`,
    service: customers,
    operation: 'changeCustomer',
    args: ({ CustID }, body) => ({ custId: CustID, body }),
  },
];

/**
 * A screen: templates, then POST to add and PUT to change (section 2.1 [verified for payments, by analogy elsewhere assumed]). The action of editScreen in
 * the path: section 2.4 [assumed]; the paths of reading are assumed.
 */
function screenRoutes(path: string, service: string, line: string, byRefNbr: boolean): RestRoute[] {
  const edit = (actionType: string) => (_: unknown, body: unknown) => ({ actionType, screen: body });
  const of = { service, operation: 'editScreen' };
  return [
    { method: 'POST', path: `${path}/templates/getNewScreen`, service, operation: 'getNewScreen', args: () => ({}) },
    { method: 'POST', path: `${path}/templates/getNew${line}`, service, operation: `getNew${line}`, args: () => ({}) },
    { method: 'POST', path: `${path}/screen`, ...of, args: edit('ADD') },
    { method: 'PUT', path: `${path}/screen`, ...of, args: edit('UPDATE') },
    { method: 'POST', path: `${path}/editScreen/{actionType}`, ...of, args: ({ actionType = '' }, body) => ({ actionType, screen: body }) },
    {
      method: 'GET',
      path: byRefNbr ? `${path}/screen/{BatNbr}/{RefNbr}` : `${path}/screen/{BatNbr}`,
      service,
      operation: byRefNbr ? 'getScreenByBatNbrAndRefNbr' : 'getScreenByBatNbr',
      args: ({ BatNbr, RefNbr }) => ({ batNbr: BatNbr, refNbr: RefNbr }),
    },
  ];
}

const applications = 'financial/accountsReceivable/paymentApplication';
const application = 'paymentApplication';
const ofCustomer = ({ CustID }: Readonly<Record<string, string>>): Input => ({ custID: CustID });

/** Payment application: its operations are verified for SOAP (section 5.5), all paths assumed. */
const applicationRoutes: readonly RestRoute[] = [
  ...screenRoutes(applications, application, 'ARTran', false),
  {
    method: 'POST',
    path: `${applications}/applyPayment`,
    service: application,
    operation: 'applyPayment',
    args: (_, body) => objectOf(body),
  },
  { method: 'GET', path: `${applications}/openInvoices/{CustID}`, service: application, operation: 'getOpenInvoices', args: ofCustomer },
  {
    method: 'GET',
    path: `${applications}/releasedARDocs/{CustID}`,
    service: application,
    operation: 'getReleasedARDocsByCustID',
    args: ofCustomer,
  },
];

/** Every path, those without a parameter before those with one. */
export const restRoutes: readonly RestRoute[] = [
  ...customerRoutes,
  ...screenRoutes('financial/accountsReceivable/invoiceAndMemo', 'invoiceAndMemo', 'ARTran', true),
  ...screenRoutes('financial/accountsReceivable/paymentEntry', 'paymentEntry', 'ARTran', true),
  ...applicationRoutes,
  ...screenRoutes('financial/generalLedger/journalTransactions', 'journalTransactions', 'GLTran', false),
  {
    method: 'POST',
    path: 'quickQuery/{ViewName}',
    service: 'quickQuery',
    operation: 'getQuickQuery',
    args: ({ ViewName }, query) => ({ viewName: ViewName, query }),
  },
  {
    method: 'GET',
    path: 'quickQuery/{ViewName}',
    service: 'quickQuery',
    operation: 'getQuickQuery',
    args: ({ ViewName }) => ({ viewName: ViewName }),
  },
];

const compiled = restRoutes.map((route) => {
  const pattern = route.path.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  // Older builds have no `financial/` (section 2.1 [assumed]); IIS does not look at case.
  return { route, path: new RegExp(`^${pattern.replace(/^financial\//, '(?:financial/)?')}/?$`, 'i') };
});

/** The route of a request, with its parameters. */
export function restRouteOf(
  method: string,
  path: string,
): { readonly route: RestRoute; readonly parameters: Record<string, string> } | undefined {
  for (const { route, path: pattern } of compiled) {
    const match = route.method === method ? pattern.exec(path) : null;
    if (match) return { route, parameters: { ...match.groups } };
  }
  return undefined;
}
