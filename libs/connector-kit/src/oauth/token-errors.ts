/** The issuer answered and gives no token, or the ERP refuses a new one. The message says what to do, and holds no secret. */
export class TokenRefusedError extends Error {}

/** The issuer gives no usable answer: nothing was sent to the ERP. */
export class TokenSilentError extends Error {}
