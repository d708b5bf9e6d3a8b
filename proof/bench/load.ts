import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import type { LoadOrder, LoadReport } from './http-load.js';

/** Signing secret of the benchmark endpoint. */
export const secret = 'whsec_bench';

/** A `charge.succeeded` as Stripe sends it (docs: proof/fixtures/stripe/SOURCES.md), whose ids are new in every request.
 * @param changes of the charge. */
export function chargeBody(changes: Readonly<Record<string, unknown>> = {}): string {
  const event = JSON.parse(readFileSync(join(workspaceRoot, 'proof/fixtures/stripe/events/charge.succeeded.json'), 'utf8')) as {
    id: string;
    data: { object: Record<string, unknown> };
  };
  const object = { ...event.data.object, id: 'ch_@@', payment_intent: 'pi_@@', customer: 'cus_@@', ...changes };
  return JSON.stringify({ ...event, id: 'evt_@@', created: Math.floor(Date.now() / 1_000), data: { ...event.data, object } });
}

/** Runs the load generator to its end. */
export function load(order: LoadOrder): Promise<LoadReport> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(workspaceRoot, 'proof/dist/bench/http-load.js')], {
      env: { PATH: process.env.PATH ?? '', LOAD: JSON.stringify(order) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(output) as LoadReport);
      else reject(new Error(`the load generator ended with code ${code}`));
    });
  });
}
