/** Answer of `GET /log-level` and `PUT /log-level`. */
export interface LogLevelView {
  /** The level that was set; null: that of the configuration. */
  readonly level: string | null;
  /** When that of the configuration comes back; null: it is in force. */
  readonly until: string | null;
}
