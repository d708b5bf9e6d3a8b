/** Every port of the local stack: name, default, and the variable that overrides it. Loopback only. */
export const defaultPorts = Object.freeze({
  console: 4000,
  ingest: 4010,
  transform: 4020,
  'erp-sink': 4030,
  'erp-sink-stripe': 4031,
  recon: 4040,
  'emulator-stripe': 4242,
  'emulator-epicor-kinetic': 4301,
  'emulator-dynamics-sl': 4302,
  'emulator-prophet21': 4303,
  kafka: 19192,
  'kafka-controller': 19193,
  registry: 18181,
  postgres: 15532,
});

/** TRIBUTARY_PORT_ERP_SINK for `erp-sink`. */
export const portVariable = (name) => `TRIBUTARY_PORT_${name.toUpperCase().replaceAll('-', '_')}`;

const highestPort = 65_535;

/** @throws {Error} naming every variable that is no port number, and every pair of services on one port. */
export function portsFrom(env) {
  const ports = {};
  const wrong = [];
  for (const [name, fallback] of Object.entries(defaultPorts)) {
    const text = env[portVariable(name)];
    const port = text === undefined || text === '' ? fallback : Number(text);
    if (!Number.isInteger(port) || port < 1 || port > highestPort) wrong.push(`${portVariable(name)}="${text}" is no port number`);
    const other = Object.entries(ports).find(([, taken]) => taken === port);
    if (other) wrong.push(`${name} and ${other[0]} are both on port ${port}; set ${portVariable(name)} or ${portVariable(other[0])}`);
    ports[name] = port;
  }
  if (wrong.length > 0) throw new Error(`reading the ports of the stack: ${wrong.join('; ')}`);
  return ports;
}
