export interface PortOwner {
  readonly port: number;
  readonly pid?: number;
  readonly command?: string;
}

/** Who listens on a loopback port; `undefined` when it is free. Pid and command are absent when the system does not show them. */
export function portOwner(port: number): Promise<PortOwner | undefined>;
