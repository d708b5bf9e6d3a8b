/** A refusal by SL's own rules: the call answers 200 with `errorMessage` (docs/reference/dynamics-sl.md section 2.3 [verified]). Texts are assumed. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** For answers that have an errorCode (applyPayment): its values are assumed. */
    readonly code = 1,
  ) {
    super(message);
  }
}

/** A request that the web server cannot read: HTTP 400 with `Message`, as ASP.NET Web API answers (assumed). */
export class BadRequest extends Error {}

/** HTTP 401 for a login that is not known; bodies are not documented (section 2.3 [assumed]). */
export class Unauthorised extends Error {}

/** The call dies in the server: HTTP 500 with a page of HTML (section 10 [assumed]). What was committed stays. */
export class Crash extends Error {}

/** The page that IIS shows when a call dies (assumed). */
export const crashPage = (message: string): string =>
  `<!DOCTYPE html>\r\n<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/ctDynamicsSL' Application.</h1><h2><i>${message}</i></h2></body></html>`;
