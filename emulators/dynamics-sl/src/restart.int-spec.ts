import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoScreen } from './testing/screens.js';
import { paths, SlClient } from './testing/sl-client.js';

it('everything is there again after a restart: documents, counters, ledger, a batch in S, closed periods', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sl-'));
  try {
    const before = await SlClient.start({ EMULATOR_STATE_DIR: folder });
    await before.release(paths.invoice, await before.add(paths.invoice, memoScreen('IN', [['4000', 100]])));
    await before.add(paths.invoice, memoScreen('CM', [['4900', 5]]));
    await before.faults([{ match: { actionType: 'RELEASENOW' }, action: { kind: 'stuck-suspended' } }]);
    await before.send('POST', `${paths.invoice}/editScreen/RELEASENOW`, { myBatch: { BatNbr: '000002' } });
    await before.closePeriod('2026-10-01');
    const [state, ledger, periods] = [await before.control('GET', 'state'), await before.ledger(), await before.control('GET', 'periods')];
    await before.stop();

    const after = await SlClient.start({ EMULATOR_STATE_DIR: folder });
    expect(await after.control('GET', 'state')).toEqual(state);
    expect(await after.ledger()).toEqual(ledger);
    expect(await after.control('GET', 'periods')).toEqual(periods);
    expect((await after.rows('QQ_Batch')).map(({ BatNbr, Status }) => [BatNbr, Status])).toEqual([
      ['000001    ', 'U'],
      ['000002    ', 'S'],
    ]);
    expect((await after.add(paths.invoice, memoScreen('IN', [['4000', 1]]))).myBatch.BatNbr).toBe('000003    ');
    await after.stop();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
