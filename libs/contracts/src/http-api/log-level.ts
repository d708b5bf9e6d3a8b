/** Answer of `GET /log-level` and `PUT /log-level`. */
export interface LogLevelView {
  /** The level that was set for all loggers; null: that of the configuration. */
  readonly level: string | null;
  /** When that of the configuration comes back; null: it is in force. */
  readonly until: string | null;
  /** Loggers that have a level of their own: one that was set comes before that of all, one of the configuration after it. */
  readonly loggers: readonly NamedLogLevelView[];
  /** Names of the loggers that the process has, as far as they have written: what lines have as `context`. */
  readonly names: readonly string[];
}

/** The level of some loggers. */
export interface NamedLogLevelView {
  /** Beginning of the names of the loggers that are meant, in any case. */
  readonly logger: string;
  readonly level: string;
  /** When it ends; null: never, it is that of the configuration (LOG_LEVELS). */
  readonly until: string | null;
}
