export { loadEmulatorConfig } from './emulator.config.js';
export type { EmulatorConfig } from './emulator.config.js';
export { startEmulator } from './server.js';
export type { RunningServer as RunningEmulator } from '@tributary/emulator-kit';
