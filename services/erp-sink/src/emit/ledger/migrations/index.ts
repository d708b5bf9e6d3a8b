import { Ledger1700000000001 } from './0001-ledger.js';
import { Rechecks1700000000002 } from './0002-rechecks.js';
import { LooseEnds1700000000003 } from './0003-loose-ends.js';
import { Ladder1700000000004 } from './0004-ladder.js';
import { Retention1700000000005 } from './0005-retention.js';
import { Amounts1700000000006 } from './0006-amounts.js';
import { Books1700000000007 } from './0007-books.js';
import { HalfDocuments1700000000008 } from './0008-half-documents.js';
import { AuditOutbox1700000000009 } from './0009-audit-outbox.js';
import { ReleaseOrders1700000000010 } from './0010-release-orders.js';
import { RebuildStaging1700000000011 } from './0011-rebuild-staging.js';
import { Erasures1700000000012 } from './0012-erasures.js';
import { TargetPause1700000000013 } from './0013-target-pause.js';
import { Calls1700000000014 } from './0014-calls.js';

/** Migrations of the schema `erp_sink`, oldest first. One that was applied is never edited. */
export const ledgerMigrations = [
  Ledger1700000000001,
  Rechecks1700000000002,
  LooseEnds1700000000003,
  Ladder1700000000004,
  Retention1700000000005,
  Amounts1700000000006,
  Books1700000000007,
  HalfDocuments1700000000008,
  AuditOutbox1700000000009,
  ReleaseOrders1700000000010,
  RebuildStaging1700000000011,
  Erasures1700000000012,
  TargetPause1700000000013,
  Calls1700000000014,
];
