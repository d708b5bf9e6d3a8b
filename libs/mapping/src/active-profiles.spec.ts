import { compileAssets } from './compile-assets.js';
import { shippedFiles } from './testing/shipped.js';
import { shippedLanguage } from './shipped-language.js';

const targetsOf = (files: ReturnType<typeof shippedFiles>, targets?: readonly string[]): readonly string[] => {
  const compiled = compileAssets(files, shippedLanguage(), targets);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.bundle.targets;
};
const inactive = shippedFiles([['kinetic-main.yaml', 'target: kinetic-main', 'target: kinetic-main\nactive: false']]);

it('posts to the targets whose profile is active', () => {
  expect(targetsOf(shippedFiles())).toEqual(['kinetic-main', 'stripe-main']);
  expect(targetsOf(inactive)).toEqual(['stripe-main']);
});

it('posts to the targets that are named, whatever their profiles say', () => {
  expect(targetsOf(inactive, ['kinetic-main', 'stripe-main'])).toEqual(['kinetic-main', 'stripe-main']);
  expect(targetsOf(shippedFiles(), ['p21-main'])).toEqual(['p21-main']);
  expect(targetsOf(shippedFiles(), [])).toEqual([]);
});

it('checks an inactive profile like any other', () => {
  const wrong = shippedFiles([
    ['p21-main.yaml', 'active: false', 'active: maybe'],
    ['p21-main.yaml', /^ {2}FEE: .*\n/m, ''],
  ]);
  const compiled = compileAssets(wrong);
  expect(compiled.ok ? [] : compiled.problems.map(({ message }) => message)).toEqual([
    'expected true or false',
    expect.stringContaining('an account for the role FEE'),
  ]);
});
