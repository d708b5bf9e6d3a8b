import { KineticError } from '../answers.js';
import type { TableRules } from '../rows.js';
import { tables } from '../schema.js';
import type { Call, Service } from './service.js';
import { entitySet, getById, getNew, numberInput, update } from './service.js';

const table = tables.OrderHed;

/** OrderNum 0 takes the last number on file + 1, so that a deleted last order's number can come back: section 6.3 [verified]. */
function rules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      if (!transaction.row('Customer', `${row.Company}~${row.CustNum}`))
        throw new KineticError('business', 'Customer is required.', { table: 'OrderHed', field: 'CustNum' });
      const numbers = transaction
        .rows(table.name)
        .filter((other) => other.Company === row.Company)
        .map((other) => Number(other.OrderNum));
      if (Number(row.OrderNum) === 0) row.OrderNum = Math.max(10_456, ...numbers) + 1;
      row.EntryPerson = call.user;
    },
  };
}

/** Erp.BO.SalesOrderSvc, headers only: section 6.3; entity set and methods [verified]. */
export const salesOrderService: Service = {
  name: 'Erp.BO.SalesOrderSvc',
  operations: {
    SalesOrders: entitySet(table, { rules }),
    GetByID: getById(table, (call) => ({ OrderNum: numberInput(call, 'orderNum') })),
    GetNewOrderHed: getNew(table),
    Update: (call, transaction) => update(table, rules(call))(call, transaction),
  },
};
