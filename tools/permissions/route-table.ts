/** Callers as the table names them. */
export const people = ['viewer', 'accountant', 'engineer', 'approver', 'admin'] as const;
/** Services that hold a key. */
export const services = ['recon', 'transform', 'erp-sink', 'console'] as const;

const all = 'viewer accountant engineer approver admin';
const readByConsole = `${all} service:console`;
const worksLetters = 'accountant engineer';
/** Signing in and out: whoever asks has no identity yet, and the handler looks at the password, link, code or session. */
export const itself = 'decided by its handler';
/** Only with the role for all targets: what it is about belongs to none. */
const everyTarget = (role: string): string => `${role}@*`;
const health = { 'GET /live': 'everybody', 'GET /ready': 'everybody', 'GET /startup': 'everybody', 'GET /metrics': 'everybody' };

/**
 * Who may call which route: written by hand, from the roles that the business asked for, and independent of what the code declares. A new
 * route has to be added here, by somebody who decided who may call it.
 */
export const whoMayCall: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ingest: { ...health, 'ALL /webhooks/stripe/:endpoint': 'everybody' },
  transform: { ...health, 'POST /translations': 'service:recon' },
  'erp-sink': {
    ...health,
    'GET /postings': `${all} service:recon`,
    'GET /postings/*': `${all} service:recon`,
    'GET /batches': `${all} service:recon`,
    'POST /batches/:batchId/release-orders': 'accountant',
    'GET /release-orders': `${all} service:recon`,
    'POST /release-orders/:id/approve': 'approver',
    'POST /release-orders/:id/refuse': 'approver',
    'GET /erasures/:customerId': everyTarget('admin'),
    'POST /erasures': everyTarget('admin'),
    'GET /targets': `${all} service:recon`,
    'POST /targets/:name/pause': 'engineer admin',
    'POST /targets/:name/resume': 'engineer admin',
  },
  recon: {
    ...health,
    'GET /counts': readByConsole,
    'GET /stages': readByConsole,
    'GET /overview': readByConsole,
    'GET /feed': readByConsole,
    'GET /books': readByConsole,
    'GET /company-format': readByConsole,
    'GET /today': readByConsole,
    'GET /movements': readByConsole,
    'GET /search': readByConsole,
    'GET /payments': readByConsole,
    'GET /payments/totals': readByConsole,
    'GET /payments.csv': readByConsole,
    'GET /payments/:id': readByConsole,
    'GET /events': readByConsole,
    'GET /events/:id': readByConsole,
    'GET /canonical-events': readByConsole,
    'GET /postings': readByConsole,
    'GET /reconciliation': readByConsole,
    'GET /reconciliation/documents': readByConsole,
    'GET /dead-letters': all,
    'GET /dead-letters/causes': all,
    'GET /dead-letters/sequences': all,
    'GET /dead-letters/parked': all,
    'GET /dead-letters/:id': 'accountant engineer approver',
    'GET /dead-letters/:id/case': all,
    'GET /dead-letters/:id/message': 'accountant engineer approver',
    'POST /dead-letters/:id/comments': 'accountant engineer approver',
    'POST /dead-letters/:id/assignment': 'accountant engineer approver',
    'POST /dead-letters/:id/check-edit': 'accountant engineer approver',
    'POST /dead-letters/:id/dry-run': 'accountant engineer approver',
    'GET /dead-letter-orders': all,
    'GET /dead-letter-orders/:id': all,
    'POST /dead-letter-orders': worksLetters,
    'POST /dead-letter-orders/:id/cancel': worksLetters,
    'POST /dead-letter-orders/:id/approve': 'approver',
    'POST /dead-letter-orders/:id/refuse': 'approver',
    'GET /audit': 'accountant engineer approver admin',
    'GET /erasures/:customerId': everyTarget('admin'),
    'POST /erasures': everyTarget('admin'),
    'POST /audit': 'service:console service:erp-sink',
  },
  console: {
    ...health,
    'GET /api/*': readByConsole,
    'POST /api/*': all,
    'GET /identity/me': 'everybody',
    'POST /identity/sign-out': itself,
    'POST /identity/password': itself,
    'GET /identity/sessions': itself,
    'DELETE /identity/sessions/:id': itself,
    'POST /identity/sign-in': itself,
    'POST /identity/sign-in/link': itself,
    'POST /identity/set-up': itself,
    'GET /identity/oidc/start': itself,
    'GET /identity/oidc/callback': itself,
    'GET /identity/colleagues': 'accountant engineer approver',
    'GET /identity/people': everyTarget('admin'),
    'POST /identity/people': everyTarget('admin'),
    'PATCH /identity/people/:id': everyTarget('admin'),
    'POST /identity/people/:id/sign-in-link': everyTarget('admin'),
    'GET /identity/tokens': readByConsole,
    'POST /identity/tokens': readByConsole,
    'DELETE /identity/tokens/:id': readByConsole,
    'GET /identity/revocations': 'service:recon service:transform service:erp-sink',
  },
};
