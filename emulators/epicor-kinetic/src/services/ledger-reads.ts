import { tables } from '../schema.js';
import type { Service } from './service.js';
import { entitySet, getById, numberInput, textInput } from './service.js';

/** Erp.BO.GLJrnDtlSvc: the general ledger, to read. Entity set in SNO:Erp_BO_GLJrnDtlSvc.tsx [verified]. */
export const ledgerDetailService: Service = { name: 'Erp.BO.GLJrnDtlSvc', operations: { GLJrnDtls: entitySet(tables.GLJrnDtl) } };

/** Erp.BO.GLAccountSvc: the chart of accounts. Entity set in SNO:Erp_BO_GLAccountSvc.tsx [verified]. */
export const accountService: Service = { name: 'Erp.BO.GLAccountSvc', operations: { GLAccounts: entitySet(tables.GLAccount) } };

/** Erp.BO.ReasonSvc: reason codes. Entity set in SNO:Erp_BO_ReasonSvc.tsx [verified]. */
export const reasonService: Service = { name: 'Erp.BO.ReasonSvc', operations: { Reasons: entitySet(tables.Reason) } };

/** Erp.BO.FiscalPerSearchSvc: dates of the fiscal periods. Entity set and GetByID in SNO:Erp_BO_FiscalPerSearchSvc.tsx [verified]. */
export const fiscalPeriodService: Service = {
  name: 'Erp.BO.FiscalPerSearchSvc',
  operations: {
    FiscalPerSearches: entitySet(tables.FiscalPer),
    GetByID: getById(tables.FiscalPer, (call) => ({
      FiscalCalendarID: textInput(call, 'fiscalCalendarID'),
      FiscalYear: numberInput(call, 'fiscalYear'),
      FiscalYearSuffix: textInput(call, 'fiscalYearSuffix'),
      FiscalPeriod: numberInput(call, 'fiscalPeriod'),
    })),
  },
};

/** Erp.BO.GLBookPerSearchSvc: which periods a book has closed. Entity set in SNO:Erp_BO_GLBookPerSearchSvc.tsx [verified]. */
export const bookPeriodService: Service = {
  name: 'Erp.BO.GLBookPerSearchSvc',
  operations: { GLBookPerSearches: entitySet(tables.GLBookPer) },
};

/** Erp.BO.EADSvc: earliest apply dates. Entity set in SNO:Erp_BO_EADSvc.tsx [verified]. */
export const earliestDateService: Service = { name: 'Erp.BO.EADSvc', operations: { EADTypes: entitySet(tables.EADType) } };
