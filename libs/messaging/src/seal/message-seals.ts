/** What a seal covers: key as text ('' for none), value, and all headers as text. */
export interface SealedMessage {
  readonly key: string;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Why a message is refused. */
export interface SealProblem {
  readonly code: 'fact.seal-missing' | 'fact.seal-wrong';
  readonly text: string;
}

/** Seals messages and verifies them. `FactSeals` of libs/platform is one. */
export interface MessageSeals {
  /** The header `tributary_seal`. */
  seal(message: SealedMessage): string;
  /** The header `tributary_order_seal` of a replay. */
  sealOrder(message: SealedMessage): string;
  /** @param timestamp of the record, ms. */
  problem(type: string, message: SealedMessage, timestamp: number): SealProblem | undefined;
  /** @param timestamp of the record, ms. */
  orderProblem(message: SealedMessage, timestamp: number): SealProblem | undefined;
}
