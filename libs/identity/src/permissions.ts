/**
 * What somebody may do, by name. A route names one of these; what no role holds, nobody may do. Names are published: tokens and the audit
 * trail hold them.
 */
export const permissions = {
  'payments.read': 'read payments, events, postings, documents, books and figures',
  'letters.read': 'read the lists of dead letters, held and parked messages',
  'payloads.read': 'read decoded messages, edits and dry runs of dead letters',
  'letters.discuss': 'comment on dead letters, and say who looks after them',
  'orders.create': 'order a replay, a skip or an answer for dead letters',
  'orders.edit': 'replay a dead letter with another content',
  'orders.resolve': 'say which document of the ledger stands for a dead letter',
  'orders.cancel': 'cancel an order that runs',
  'orders.approve': 'approve or refuse what somebody else ordered above their limit',
  'groups.release': 'order the release of a group of documents in the ledger',
  'ledger.read': 'read the posting states of a sink',
  'rebuilds.run': 'run the rebuild of a ledger that somebody else approved',
  'rebuilds.approve': 'approve that somebody else rebuilds a ledger',
  'translations.run': 'translate a message without publishing it',
  'revocations.read': 'read which tokens are withdrawn',
  'targets.manage': 'pause and resume a target',
  'logs.set': 'set the level of the log of a service for a time',
  'notifications.acknowledge': 'acknowledge a notification, so that nobody is reminded of it',
  'notifications.manage': 'read and test the routes that notifications go to',
  'audit.read': 'read and verify the audit trail',
  'audit.report': 'write what another service decided into the audit trail',
  'people.manage': 'add people, change their roles, lock them out',
  'tokens.manage': 'make and withdraw API tokens of others',
  'personal-data.erase': 'erase the personal data of a customer',
} as const;

/** Name of a permission. */
export type Permission = keyof typeof permissions;

const reads = ['payments.read', 'letters.read', 'ledger.read'] as const;
const worksLetters = ['payloads.read', 'letters.discuss', 'orders.create', 'orders.edit', 'orders.cancel'] as const;
const operates = ['logs.set', 'notifications.acknowledge', 'notifications.manage'] as const;

/**
 * What each role of a person may do. An approver reads what they approve and orders nothing; an admin manages people and tokens, and books
 * nothing: no role holds both ends of a decision about money.
 */
export const roles = {
  viewer: [...reads],
  accountant: [...reads, ...worksLetters, 'orders.resolve', 'groups.release', 'notifications.acknowledge', 'audit.read'],
  engineer: [...reads, ...worksLetters, 'targets.manage', 'rebuilds.run', ...operates, 'audit.read'],
  approver: [...reads, 'payloads.read', 'letters.discuss', 'orders.approve', 'rebuilds.approve', 'audit.read'],
  admin: [...reads, 'audit.read', 'people.manage', 'tokens.manage', 'targets.manage', ...operates, 'personal-data.erase'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

/** Role of a person or of a token. */
export type Role = keyof typeof roles;

/** What each service may ask of the others; a service that is not named may ask nothing. */
export const servicePermissions = {
  console: ['payments.read', 'audit.report'],
  recon: ['translations.run', 'ledger.read', 'revocations.read'],
  transform: ['revocations.read'],
  'erp-sink': ['audit.report', 'revocations.read'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;
