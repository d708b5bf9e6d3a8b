/** A receipt in the state dump of the Kinetic emulator; only the fields that the proof checks. */
export interface KineticReceipt {
  readonly CheckRef: string;
  readonly DocTranAmt: number;
  readonly CurrencyCode: string;
  readonly CustNum: number;
  readonly GroupID: string;
  readonly HeadNum: number;
  readonly Posted: boolean;
}

/** A customer in the state dump of the Kinetic emulator; only the fields that the proof checks. */
export interface KineticCustomer {
  readonly CustNum: number;
  readonly CustID: string;
  readonly Name: string;
  readonly EMailAddress: string;
  readonly Address1: string;
  readonly Address2: string;
  readonly City: string;
  readonly Zip: string;
  readonly PhoneNum: string;
  readonly Inactive: boolean;
  readonly StripeCustomerID_c: string;
}

/** State dump of the Kinetic emulator. */
export interface KineticState {
  readonly customers: readonly KineticCustomer[];
  readonly receipts: readonly KineticReceipt[];
}

/** An object in the state dump of the Stripe emulator; only the fields that the proof checks. */
export interface StripeObject {
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** State dump of the Stripe emulator. */
export interface StripeState {
  readonly customers: readonly StripeObject[];
  readonly charges: readonly StripeObject[];
}

/** Ledger of the Kinetic emulator; only the fields that the proof checks. */
export interface KineticLedger {
  readonly entries: readonly {
    readonly text: string;
    readonly lines: readonly { readonly account: string; readonly currency: string; readonly debit: number; readonly credit: number }[];
  }[];
}
