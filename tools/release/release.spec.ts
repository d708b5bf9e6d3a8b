import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provenanceFile, sumsFile } from './make.js';
import { envelopeOf, isSignedBy, sha256, statementIn } from './provenance.js';
import type { Envelope, Statement } from './provenance.js';
import { verifyRelease } from './verify.js';

const keys = (): { own: string; shown: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    own: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    shown: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
};
const [ours, others] = [keys(), keys()];
const bytes = Buffer.from('a file of the release\n');
/** SHA-256 of these bytes, by sha256sum of coreutils. */
const sum = '00dbbe395c86dc86b1d37bab3388eac2f175b587057864981e4e1a719fba39f7';
const statement: Statement = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'a.tgz', digest: { sha256: sum } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {
    buildDefinition: {
      buildType: 'https://tributary.example/release/v1',
      externalParameters: { version: '1.2.3' },
      internalParameters: { node: '24.0.0', dirty: false },
      resolvedDependencies: [{ uri: 'git+tributary', digest: { gitCommit: 'c0ffee' } }],
    },
    runDetails: { builder: { id: 'test' }, metadata: { startedOn: '2026-11-29T10:00:00Z', finishedOn: '2026-11-29T10:00:01Z' } },
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  put('a.tgz', bytes);
  put(sumsFile, `${sum}  a.tgz\n`);
  put(provenanceFile('1.2.3'), JSON.stringify(envelopeOf(statement, ours.own)));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);
const problems = (key?: string): readonly string[] => verifyRelease(folder, key).problems;

it('takes a release that is as it was made, and says from which commit', () => {
  expect(sha256(bytes)).toBe(sum);
  expect(verifyRelease(folder, ours.shown)).toEqual({ problems: [], files: 1, version: '1.2.3', commit: 'c0ffee', isSigned: true });
});

it('finds a file that was changed, one that is missing and one that nobody made', () => {
  put('a.tgz', 'another file\n');
  expect(problems()).toEqual(['a.tgz is not the file of SHA256SUMS', 'a.tgz is not the file of the provenance']);
  rmSync(join(folder, 'a.tgz'));
  put('b.tgz', bytes);
  expect(problems()).toEqual(
    ['SHA256SUMS', 'the provenance'].flatMap((what) => [`a.tgz is in ${what} and not here`, `b.tgz is not in ${what}`]),
  );
});

it('finds checksums and a provenance that fit a changed file, where the key is known', () => {
  const changed = Buffer.from('changed\n');
  put('a.tgz', changed);
  put(sumsFile, `${sha256(changed)}  a.tgz\n`);
  const forged = { ...statement, subject: [{ name: 'a.tgz', digest: { sha256: sha256(changed) } }] };
  for (const key of [undefined, others.own]) {
    put(provenanceFile('1.2.3'), JSON.stringify(envelopeOf(forged, key)));
    expect([problems(), problems(ours.shown)]).toEqual([[], ['the provenance is not signed with this key']]);
  }
});

it('says when there is no provenance, or it was made from changes that nobody committed', () => {
  put(provenanceFile('1.2.3'), '{}');
  expect(problems()).toEqual(['there is no provenance that can be read: 1 files']);
  const { predicate } = statement;
  const internalParameters = { node: '24.0.0', dirty: true };
  const dirty = { ...statement, predicate: { ...predicate, buildDefinition: { ...predicate.buildDefinition, internalParameters } } };
  put(provenanceFile('1.2.3'), JSON.stringify(envelopeOf(dirty, undefined)));
  expect(problems()).toEqual(['it was made from a folder with changes that are not committed']);
});

it('signs what is said and of which type it is, with Ed25519 and no other key', () => {
  const envelope = envelopeOf(statement, ours.own);
  expect(statementIn(envelope)).toEqual(statement);
  const another: Envelope = { ...envelope, payload: Buffer.from('{}').toString('base64') };
  expect([isSignedBy(envelope, ours.shown), isSignedBy(envelope, others.shown), isSignedBy(another, ours.shown)]).toEqual([
    true,
    false,
    false,
  ]);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(() => envelopeOf(statement, rsa)).toThrow('the key is of type rsa; expected Ed25519');
});
