import { bankAccountService } from './bank-account.js';
import { bankTransferService } from './bank-transfer.js';
import { cashGroupService } from './cash-group.js';
import { cashPostingService } from './cash-posting.js';
import { cashReceiptService } from './cash-receipt.js';
import { creditApplicationService } from './credit-application.js';
import { customerContactService, customerService } from './customer.js';
import { invoiceGroupService } from './invoice-group.js';
import { invoiceService } from './invoice.js';
import { journalGroupService } from './journal-group.js';
import { journalService } from './journal.js';
import {
  accountService,
  bookPeriodService,
  earliestDateService,
  fiscalPeriodService,
  ledgerDetailService,
  reasonService,
} from './ledger-reads.js';
import { salesOrderService } from './sales-order.js';
import type { Service } from './service.js';

const all: readonly Service[] = [
  customerService,
  customerContactService,
  salesOrderService,
  bankAccountService,
  bankTransferService,
  cashGroupService,
  cashReceiptService,
  cashPostingService,
  creditApplicationService,
  invoiceGroupService,
  invoiceService,
  journalGroupService,
  journalService,
  ledgerDetailService,
  accountService,
  reasonService,
  fiscalPeriodService,
  bookPeriodService,
  earliestDateService,
];

/** The services by their name in lower case: it is taken in any case, the rest exactly: docs/reference/epicor-kinetic.md section 2 (assumed there). */
export const services: ReadonlyMap<string, Service> = new Map(all.map((service) => [service.name.toLowerCase(), service]));
