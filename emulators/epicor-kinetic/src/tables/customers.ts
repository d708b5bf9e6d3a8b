import type { Table } from '../columns.js';
import { bool, decimal, int, required, system, text } from '../columns.js';

/**
 * Names: docs/reference/epicor-kinetic.md section 6.1 [verified]. Lengths: section 4.4 (CustID, CurrencyCode verified;
 * CheckRef, Reference, GroupID, ExternalID, EMailAddress, Name assumed there); every length not listed there is assumed here.
 * Which fields are required is assumed but for CustID (section 6.1 [verified]).
 */
export const Customer = {
  name: 'Customer',
  entitySet: 'Customers',
  key: ['CustNum'],
  columns: {
    Company: text(8),
    CustNum: int,
    CustID: required(10),
    Name: required(50),
    Address1: text(50),
    Address2: text(50),
    Address3: text(50),
    City: text(50),
    State: text(50),
    Zip: text(10),
    Country: text(50),
    CountryNum: int,
    PhoneNum: text(20),
    EMailAddress: text(50),
    CurrencyCode: required(4),
    TermsCode: required(4),
    TerritoryID: required(8),
    SalesRepCode: text(8),
    GroupCode: text(4),
    TaxRegionCode: text(4),
    CustomerType: text(3),
    CreditHold: bool,
    CreditLimit: decimal,
    CheckDuplicatePO: bool,
    ExternalID: text(20),
    Inactive: bool,
    Comment: text(1000),
    ...system,
  },
} as const satisfies Table;

/** Contacts of customers: section 6.1 [verified names]; which fields are required is assumed. */
export const CustCnt = {
  name: 'CustCnt',
  entitySet: 'CustCnts',
  key: ['CustNum', 'ShipToNum', 'ConNum'],
  columns: {
    Company: text(8),
    CustNum: int,
    ShipToNum: text(14),
    ConNum: int,
    Name: required(50),
    EMailAddress: text(50),
    PhoneNum: text(20),
    PrimaryBilling: bool,
    Inactive: bool,
    ...system,
  },
} as const satisfies Table;
