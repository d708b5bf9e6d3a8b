import { Identity1700000000001 } from './0001-identity.js';
import { AuditOutbox1700000000002 } from './0002-audit-outbox.js';

/** Every migration of schema `console`, in order. */
export const consoleMigrations = [Identity1700000000001, AuditOutbox1700000000002];
