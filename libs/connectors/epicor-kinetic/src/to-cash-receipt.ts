import type { ErpDocument, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import type { KineticCall, KineticClient } from './kinetic.client.js';
import { lastRow, tableRows } from './kinetic.client.js';
import { KineticNotDoneError, KineticSilentError } from './kinetic.errors.js';
import { columnsOf } from './kinetic-fields.js';
import { externalId, plantedKey, postingKeyColumn } from './kinetic-keys.js';
import type { KineticRow } from './kinetic-json.js';
import { textOf } from './kinetic-json.js';

const service = 'Erp.BO.CashRecSvc';
const updateMaster = `${service}/UpdateMaster`;
/** Belongs to the group: one bank account per group. */
const groupFields = new Set(['BankAcctID']);

/**
 * A payment becomes one cash receipt on account in its group, with the posting key planted in ExternalID (short) and in
 * StripePostingKey_c (whole): Kinetic itself demands neither to be unique (I3).
 *
 * Shape:  1 document -> 1 CashHead row; one write.
 * Units:  DocTranAmt is decimal text in major units of CurrencyCode, sent digit by digit as a JSON number.
 * Source: docs/reference/epicor-kinetic.md section 6.5.
 */
export async function postCashReceipt(document: ErpDocument, client: KineticClient, signal: AbortSignal): Promise<PostingOutcome> {
  const groupId = document.batchId;
  if (!groupId)
    throw new KineticNotDoneError(
      'kinetic.batch-missing',
      `${document.postingKey}: a cash receipt is entered in a group, and none was given`,
    );
  const defaults = lastRow(
    await client.read(`${service}/GetNewCashHeadType`, { input: { ds: {}, groupID: groupId, tranType: tranTypeOf(document) } }, signal),
    'CashHead',
  );
  const answer = await client.write(updateMaster, storedReceipt(document, groupId, defaults ?? {}), signal);
  const stored = tableRows(answer, 'CashHead').find((one) => textOf(one.HeadNum) !== '' && textOf(one.HeadNum) !== '0');
  if (!stored) throw new KineticSilentError(updateMaster, 'write', true, 'answered 200 without the new receipt');
  return { kind: 'posted', reference: receiptReference({ GroupID: groupId, ...stored }) };
}

/** The one call of a receipt that stores. Its row has the server's defaults beside what is described. */
export function describeCashReceipt(document: ErpDocument): KineticCall {
  return {
    method: updateMaster,
    input: storedReceipt(document, document.batchId ?? `<${String(document.fields.BankAcctID ?? '')} group of the day>`, {}),
    text: 'enters the receipt; the row also has the defaults that GetNewCashHeadType answers',
  };
}

/** Input of UpdateMaster. @param defaults the row that Kinetic proposes. */
function storedReceipt(document: ErpDocument, groupId: string, defaults: KineticRow): object {
  const row = {
    ...defaults,
    ...columnsOf(document, groupFields),
    GroupID: groupId,
    TranType: tranTypeOf(document),
    ExternalID: externalId(document.postingKey),
    [postingKeyColumn]: plantedKey(document.postingKey),
    RowMod: 'A',
  };
  return { ds: { CashHead: [row] }, ipGroupID: groupId, ipTableName: 'CashHead', updGroupTotals: true, ipIgnoreValidation: 0 };
}

function tranTypeOf(document: ErpDocument): string {
  return textOf(columnsOf(document, groupFields).TranType) || 'PayInv';
}

export function receiptReference(row: KineticRow): ErpReference {
  return { GroupID: textOf(row.GroupID), HeadNum: textOf(row.HeadNum) };
}
