/** Minor units and decimal text. `exact` false: the currency cannot have this amount, only `minor` means something. */
export interface Amount {
  readonly minor: string;
  readonly currency: string;
  readonly text: string;
  readonly exact: boolean;
}
