import { P21Error } from '../answers.js';
import type { Call } from '../call.js';
import { insert } from '../rows.js';
import type { Row } from '../store.js';
import { tables } from '../tables/index.js';
import { amountOf } from './money.js';
import { checkOpen, periodIn } from './periods.js';

const firstTransactionNumber = 55_021;
const firstUid = 900_001;

/**
 * Puts one entry into the general ledger: debits positive, credits negative, posted at once (docs/reference/prophet21.md section 7.7
 * [verified]). Nothing else writes there. The amounts in home currency have to balance [verified text]; that those in foreign currency need
 * not, and that accounts and companies are checked, is assumed.
 * @param lines columns of `gl`.
 * @returns the rows with their transaction number.
 * @throws {P21Error} 500.
 */
export function postEntry(
  lines: readonly Row[],
  sourceTypeCd: number,
  call: Pick<Call, 'transaction' | 'fault' | 'user' | 'nowMs'>,
): Row[] {
  const { transaction } = call;
  const sum = lines.reduce((all, line) => all + amountOf(line.amount), 0n);
  if (sum !== 0n || lines.length < 2) throw new P21Error('business', 'Records do not balance');
  for (const line of lines) {
    const company = String(line.company_no);
    if (!transaction.row('company', company)) throw new P21Error('business', `Company ${company} is not valid.`);
    if (!transaction.row('chart_of_accts', `${company}~${String(line.account_number)}`))
      throw new P21Error('business', `Account number ${String(line.account_number)} is not valid for company ${company}.`);
    checkOpen(company, periodIn(line), call);
  }
  const number = transaction.next('transaction_number', firstTransactionNumber);
  return lines.map((line, index) => {
    const uid = transaction.next('gl_uid', firstUid);
    const made = { gl_uid: uid, transaction_number: number, sequence_number: index + 1, approved: 'Y', source_type_cd: sourceTypeCd };
    return insert(tables.gl, { ...line, ...made }, call);
  });
}
