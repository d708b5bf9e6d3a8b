import { createDisplay, PlainDisplay } from './display.js';
import type { PartView } from './supervisor.js';

const kafka: PartView = { name: 'kafka', kind: 'infrastructure', state: 'starting', port: 19192, restarts: 0 };

function output(isTTY: boolean): { text: string; write(text: string): void; isTTY: boolean; columns: number } {
  return {
    text: '',
    isTTY,
    columns: 60,
    write(text: string) {
      this.text += text;
    },
  };
}

it('writes one plain line per change where there is no terminal', () => {
  const out = output(false);
  const display = createDisplay(out);
  display.update([kafka]);
  display.update([kafka]);
  display.update([{ ...kafka, state: 'ready', tookMs: 2_300 }]);
  expect(out.text).toBe('kafka                    starting\nkafka                    ready on 19192 in 2.3 s\n');
});

it('writes the running counts at most every five seconds where there is no terminal', () => {
  const out = output(false);
  let now = 10_000;
  const display = new PlainDisplay(out, () => now);
  display.status('accepted 1');
  display.status('accepted 2');
  now += 5_000;
  display.status('accepted 3');
  display.status('accepted 3');
  expect(out.text).toBe('accepted 1\naccepted 3\n');
});

it('draws again in place on a terminal, one line per part, cut to its width', () => {
  const out = output(true);
  const display = createDisplay(out);
  display.update([{ ...kafka, state: 'failed', note: 'x'.repeat(200) }]);
  expect(out.text.split('\n')[0]?.length).toBeLessThan(60 + 15); // colours take room, not columns
  out.text = '';
  display.update([kafka]);
  expect(out.text.startsWith('\u001b[1A\u001b[0J')).toBe(true);
});

it('keeps a said line above the block', () => {
  const out = output(true);
  const display = createDisplay(out);
  display.update([kafka]);
  out.text = '';
  display.say('ended 2 processes');
  expect(out.text).toMatch(/^\u001b\[1A\u001b\[0Jended 2 processes\n/);
});
