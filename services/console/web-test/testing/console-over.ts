import { ConsoleInChromium } from './console-in-chromium.js';

/** What stands in for recon. */
interface StandIn {
  /** @returns its address. */
  start(): Promise<string>;
  stop(): Promise<void>;
}

/** The console in Chromium over a stand-in of recon, for the specs of one `describe`: started before them, stopped after them. */
export function consoleOver<Recon extends StandIn>(recon: Recon): { readonly recon: Recon; readonly shown: ConsoleInChromium } {
  const shown = new ConsoleInChromium();
  beforeAll(async () => {
    await shown.start({ RECON_URL: await recon.start() });
  }, 180_000);
  afterAll(async () => {
    await shown.stop();
    await recon.stop();
  });
  return { recon, shown };
}
