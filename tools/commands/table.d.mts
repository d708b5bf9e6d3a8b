export interface Option {
  readonly summary: string;
  readonly short?: string;
  /** Placeholder of its value in help; an option without it is a flag. */
  readonly value?: string;
  /** `count`: a whole number from 1; `number`: any number above 0. */
  readonly type?: 'text' | 'count' | 'number';
  readonly choices?: readonly string[];
}

export interface Arguments {
  readonly name: string;
  readonly min: number;
  /** No limit when absent. */
  readonly max?: number;
  readonly summary: string;
}

/** A command, or a group of commands. */
export interface Command {
  readonly name: string;
  /** How it is typed, up to its options; only at the top. */
  readonly run?: string;
  readonly summary: string;
  readonly details?: readonly string[];
  readonly arguments?: Arguments;
  readonly options?: Readonly<Record<string, Option>>;
  readonly example?: string;
  readonly exitCodes?: Readonly<Record<string, string>>;
  /** `reads`: changes nothing. */
  readonly effect?: 'reads';
  readonly commands?: readonly Command[];
}

export const commands: readonly Command[];
