import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { Console } from './shell/console.js';
import { readSearch, pickSearch, writeSearch } from './shell/address.js';
import { PlainFrame } from './shell/plain-frame.js';
import { consoleHistory } from './shell/navigation.js';
import { NotFoundPage } from './shell/not-found.js';
import { PageProblem } from './shell/page-problem.js';
import { recordLists } from './pages/records/labels.js';
import type { RecordKind } from './pages/records/labels.js';
import { messageLists } from './pages/events/lists.js';
import type { MessageListName } from './pages/events/lists.js';
import { filterNames } from './pages/payments/filters.js';
import { deskSearch } from './pages/desk/filters.js';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: PageProblem });
const consoleFrame = createRoute({ getParentRoute: () => root, id: 'console', component: Console });
const plainFrame = createRoute({ getParentRoute: () => root, id: 'plain', component: PlainFrame });

const today = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/',
  validateSearch: (search) => pickSearch(['day', 'currency'], search),
  component: lazyRouteComponent(() => import('./pages/overview/page.js'), 'OverviewPage'),
});
const payments = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'payments',
  validateSearch: (search) => pickSearch(filterNames, search),
  component: lazyRouteComponent(() => import('./pages/payments/page.js'), 'PaymentsPage'),
});
const payment = createRoute({
  getParentRoute: () => payments,
  path: '$id',
  validateSearch: (search) => pickSearch(['part', 'alone', 'left', 'right'], search),
  component: lazyRouteComponent(() => import('./pages/payment/page.js'), 'PaymentPage'),
});
const customers = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'customers',
  validateSearch: (search) => pickSearch(['id', 'number', 'state', 'after', 'before'], search),
  component: lazyRouteComponent(() => import('./pages/customers/page.js'), 'CustomersPage'),
});
const customer = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'customers/$id',
  component: lazyRouteComponent(() => import('./pages/customers/customer-page.js'), 'CustomerPage'),
});
const books = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'books',
  component: lazyRouteComponent(() => import('./pages/books/page.js'), 'BooksPage'),
});
const targets = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'targets',
  component: lazyRouteComponent(() => import('./pages/targets/page.js'), 'TargetsPage'),
});
const target = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'targets/$id',
  component: lazyRouteComponent(() => import('./pages/targets/target-page.js'), 'TargetPage'),
});
const recordSearch = (kind: RecordKind) => (search: Readonly<Record<string, unknown>>) =>
  pickSearch([...recordLists[kind].filters.map(({ name }) => name), 'after', 'before'], search);
const records = (Object.keys(recordLists) as RecordKind[])
  .filter((kind) => kind !== 'audit')
  .map((kind) =>
    createRoute({
      getParentRoute: () => consoleFrame,
      path: kind,
      validateSearch: recordSearch(kind),
      component: lazyRouteComponent(() => import('./pages/records/page.js').then(({ pageOf }) => ({ Page: pageOf(kind) })), 'Page'),
    }),
  );
const audit = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'audit',
  validateSearch: recordSearch('audit'),
  component: lazyRouteComponent(() => import('./pages/audit/page.js'), 'AuditPage'),
});
const auditEntry = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'audit/$id',
  component: lazyRouteComponent(() => import('./pages/audit/entry-page.js'), 'AuditEntryPage'),
});
const letter = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'letters/$id',
  component: lazyRouteComponent(() => import('./pages/letter/page.js'), 'LetterPage'),
});
const desk = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'desk',
  validateSearch: (search) => pickSearch(deskSearch, search),
  component: lazyRouteComponent(() => import('./pages/desk/page.js'), 'DeskPage'),
});
const order = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'orders/$id',
  validateSearch: (search) => pickSearch(['kind', 'after', 'before'], search),
  component: lazyRouteComponent(() => import('./pages/order/page.js'), 'OrderPage'),
});
const messages = (Object.keys(messageLists) as MessageListName[]).map((name) =>
  createRoute({
    getParentRoute: () => consoleFrame,
    path: name,
    validateSearch: (search) => pickSearch([...messageLists[name].filters.map((filter) => filter.name), 'after', 'before'], search),
    component: lazyRouteComponent(() => import('./pages/events/list-page.js').then(({ pageOf }) => ({ Page: pageOf(name) })), 'Page'),
  }),
);
const message = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'events/$id',
  component: lazyRouteComponent(() => import('./pages/events/message-page.js'), 'MessagePage'),
});
const topics = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'topics',
  validateSearch: (search) => pickSearch(['topic', 'language'], search),
  component: lazyRouteComponent(() => import('./pages/events/topics-page.js'), 'TopicsPage'),
});
const account = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'account',
  component: lazyRouteComponent(() => import('./pages/account/page.js'), 'AccountPage'),
});
const notifications = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'notifications',
  validateSearch: (search) => pickSearch(['state', 'after', 'before'], search),
  component: lazyRouteComponent(() => import('./pages/notifications/page.js'), 'NotificationsPage'),
});
const settings = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'settings',
  validateSearch: (search) => pickSearch(['after', 'before'], search),
  component: lazyRouteComponent(() => import('./pages/settings/page.js'), 'SettingsPage'),
});
const signIn = createRoute({
  getParentRoute: () => consoleFrame,
  path: 'sign-in',
  validateSearch: (search) => pickSearch(['problem'], search),
  component: () => null, // the frame shows the sign-in page to whoever is not signed in
});
const signInLink = createRoute({
  getParentRoute: () => plainFrame,
  path: 'sign-in/link',
  component: lazyRouteComponent(() => import('./pages/sign-in/link.js'), 'SignInLinkPage'),
});
const setUp = createRoute({
  getParentRoute: () => plainFrame,
  path: 'set-up',
  component: lazyRouteComponent(() => import('./pages/set-up/page.js'), 'SetUpPage'),
});
const elsewhere = createRoute({ getParentRoute: () => consoleFrame, path: '$', component: NotFoundPage });

const routeTree = root.addChildren([
  consoleFrame.addChildren([
    // one line for each page in the frame
    today,
    payments.addChildren([payment]),
    customers,
    customer,
    books,
    targets,
    target,
    ...records,
    letter,
    audit,
    auditEntry,
    desk,
    order,
    ...messages,
    message,
    topics,
    account,
    notifications,
    settings,
    signIn,
    elsewhere,
  ]),
  plainFrame.addChildren([signInLink, setUp]),
]);

/** Every page by its address. @param history of the tab; another one in tests. */
export function consoleRouter(history = consoleHistory()) {
  return createRouter({ routeTree, history, parseSearch: readSearch, stringifySearch: writeSearch, defaultErrorComponent: PageProblem });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof consoleRouter>;
  }
}
