export type PortName =
  | 'console'
  | 'ingest'
  | 'transform'
  | 'erp-sink'
  | 'erp-sink-stripe'
  | 'recon'
  | 'emulator-stripe'
  | 'emulator-epicor-kinetic'
  | 'emulator-dynamics-sl'
  | 'emulator-prophet21'
  | 'kafka'
  | 'kafka-controller'
  | 'registry'
  | 'postgres';
export type Ports = Readonly<Record<PortName, number>>;

export const defaultPorts: Ports;
export function portVariable(name: string): string;
/** @throws {Error} naming every bad variable at once. */
export function portsFrom(env: Readonly<Record<string, string | undefined>>): Ports;
