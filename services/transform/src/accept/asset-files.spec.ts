import { fileURLToPath } from 'node:url';
import { loadAssets } from './asset-files.js';

const folder = fileURLToPath(new URL('../../../../assets', import.meta.url));

it('posts to the targets that are named, or to those whose profile is active', () => {
  expect(loadAssets(folder).targets).toEqual(['kinetic-main', 'stripe-main']);
  expect(loadAssets(folder, ['stripe-main']).targets).toEqual(['stripe-main']);
  expect(loadAssets(folder, ['p21-main', 'stripe-main', 'of-another-folder']).targets).toEqual(['p21-main', 'stripe-main']);
});

it('refuses targets that no profile is for, and a folder whose profiles are all inactive', () => {
  expect(() => loadAssets(folder, ['kinetic-other'])).toThrow('TRIBUTARY_TARGETS is kinetic-other, and no profile below');
  expect(() => loadAssets(`${folder}/prophet21`)).toThrow('is active; name its target in TRIBUTARY_TARGETS');
});
