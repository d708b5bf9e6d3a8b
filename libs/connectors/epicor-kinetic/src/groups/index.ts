import type { ErpBatchKind } from '@tributary/connector-kit';
import { applicationGroup, cashGroup } from './cash-group.js';
import type { GroupKind } from './group-kind.js';
import { invoiceGroup, journalGroup } from './ledger-groups.js';

/** The kinds of groups that Kinetic has. */
export const groupKinds: Readonly<Record<ErpBatchKind, GroupKind>> = {
  'cash-group': cashGroup,
  'application-group': applicationGroup,
  'invoice-group': invoiceGroup,
  'journal-group': journalGroup,
};
