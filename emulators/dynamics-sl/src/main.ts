import { loadEmulatorConfig } from './emulator.config.js';
import { startEmulator } from './server.js';

const config = loadEmulatorConfig(process.env);
const emulator = await startEmulator(config);
process.stdout.write(
  `${JSON.stringify({ level: 'info', msg: 'Dynamics SL emulator is ready', url: `http://${config.host}:${emulator.port}/sl`, company: config.company, state: config.stateDir ?? 'in memory' })}\n`,
);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    void emulator.close().then(() => process.exit(0));
  });
