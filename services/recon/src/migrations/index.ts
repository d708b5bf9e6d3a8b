import { Tables1700000000001 } from './0001-tables.js';
import { DeadLetters1700000000002 } from './0002-dead-letters.js';
import { Captures1700000000003 } from './0003-captures.js';
import { ReleasedReadings1700000000004 } from './0004-released-readings.js';
import { Books1700000000005 } from './0005-books.js';
import { LedgerEffects1700000000006 } from './0006-ledger-effects.js';
import { Audit1700000000007 } from './0007-audit.js';
import { TwoPersons1700000000008 } from './0008-two-persons.js';
import { AuditReports1700000000009 } from './0009-audit-reports.js';
import { TextsAtAnAge1700000000010 } from './0010-texts-at-an-age.js';
import { Erasures1700000000011 } from './0011-erasures.js';
import { Search1700000000012 } from './0012-search.js';
import { Lookups1700000000013 } from './0013-lookups.js';
import { PausedOrders1700000000014 } from './0014-paused-orders.js';
import { MovementsOfAPayment1700000000015 } from './0015-movements-of-a-payment.js';
import { LetterTalk1700000000017 } from './0017-letter-talk.js';
import { MessageLists1700000000018 } from './0018-message-lists.js';
import { Customers1700000000020 } from './0020-customers.js';
import { RulesOfDocuments1700000000021 } from './0021-rules-of-documents.js';
import { OutcomesByTime1700000000022 } from './0022-outcomes-by-time.js';
import { Notifications1700000000024 } from './0024-notifications.js';
import { PaymentSums1700000000025 } from './0025-payment-sums.js';
import { WaitingMessages1700000000026 } from './0026-waiting-messages.js';
import { DeskByIndex1700000000027 } from './0027-desk-by-index.js';
import { ResolvedByHand1700000000030 } from './0030-resolved-by-hand.js';
import { MovementsOfAPayout1700000000032 } from './0032-movements-of-a-payout.js';
import { SeenCaptures1700000000033 } from './0033-seen-captures.js';
import { KeptCounts1700000000034 } from './0034-kept-counts.js';
import { OlderWriters1700000000035 } from './0035-older-writers.js';
import { OlderReadings1700000000036 } from './0036-older-readings.js';

/** Every migration of schema `recon`, in order. */
export const reconMigrations = [
  Tables1700000000001,
  DeadLetters1700000000002,
  Captures1700000000003,
  ReleasedReadings1700000000004,
  Books1700000000005,
  LedgerEffects1700000000006,
  Audit1700000000007,
  TwoPersons1700000000008,
  AuditReports1700000000009,
  TextsAtAnAge1700000000010,
  Erasures1700000000011,
  Search1700000000012,
  Lookups1700000000013,
  PausedOrders1700000000014,
  MovementsOfAPayment1700000000015,
  LetterTalk1700000000017,
  MessageLists1700000000018,
  Customers1700000000020,
  RulesOfDocuments1700000000021,
  OutcomesByTime1700000000022,
  Notifications1700000000024,
  PaymentSums1700000000025,
  WaitingMessages1700000000026,
  DeskByIndex1700000000027,
  ResolvedByHand1700000000030,
  MovementsOfAPayout1700000000032,
  SeenCaptures1700000000033,
  KeptCounts1700000000034,
  OlderWriters1700000000035,
  OlderReadings1700000000036,
];
