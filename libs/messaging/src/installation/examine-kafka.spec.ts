import { whileUnsettled } from './examine-kafka.js';

const failing = (message: string, times: number): (() => Promise<string>) => {
  let asked = 0;
  return () => ((asked += 1) > times ? Promise.resolve(`asked ${asked} times`) : Promise.reject(new Error(message)));
};
const unsettled = 'This server does not host this topic-partition';

it('reads again while the brokers do not know yet which of them has a topic', async () => {
  await expect(whileUnsettled(failing(unsettled, 3), 1)).resolves.toBe('asked 4 times');
});

it('gives up with what was said last, and at once for everything else', async () => {
  await expect(whileUnsettled(failing(unsettled, 100), 1)).rejects.toThrow(unsettled);
  await expect(whileUnsettled(failing('Topic authorization failed', 1), 1)).rejects.toThrow('authorization');
});
