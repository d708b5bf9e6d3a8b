import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';

/** What a statement is about: a file and its SHA-256, hex. */
const subject = z.object({ name: z.string().regex(/^[\w.-]+$/), digest: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) });
const dependency = z.object({ uri: z.string(), digest: z.record(z.string(), z.string()) });

/** An in-toto statement (v1) with the provenance of SLSA (v1): which files were made, from which commit and lock file, when, by which version of Node. */
export const statementSchema = z.object({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(subject).min(1),
  predicateType: z.literal('https://slsa.dev/provenance/v1'),
  predicate: z.object({
    buildDefinition: z.object({
      buildType: z.string(),
      externalParameters: z.object({ version: z.string() }),
      internalParameters: z.object({ node: z.string(), dirty: z.boolean() }),
      resolvedDependencies: z.array(dependency),
    }),
    runDetails: z.object({ builder: z.object({ id: z.string() }), metadata: z.object({ startedOn: z.string(), finishedOn: z.string() }) }),
  }),
});
/** See {@link statementSchema}. */
export type Statement = z.infer<typeof statementSchema>;

/** `DSSE`: the statement, base64, and who signed it. */
export const envelopeSchema = z.object({
  payloadType: z.literal('application/vnd.in-toto+json'),
  payload: z.base64(),
  signatures: z.array(z.object({ keyid: z.string(), sig: z.base64() })),
});
/** See {@link envelopeSchema}. */
export type Envelope = z.infer<typeof envelopeSchema>;

const payloadType = 'application/vnd.in-toto+json';

/** SHA-256 of bytes, hex. */
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** @param privateKey PEM of an Ed25519 key; undefined: no signature. @throws {Error} when it is another kind of key. */
export function envelopeOf(statement: Statement, privateKey: string | undefined): Envelope {
  const body = Buffer.from(JSON.stringify(statement));
  const payload = body.toString('base64');
  if (privateKey === undefined) return { payloadType, payload, signatures: [] };
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`the key is of type ${key.asymmetricKeyType ?? 'unknown'}; expected Ed25519`);
  const sig = sign(null, signedBytes(body), key).toString('base64');
  return { payloadType, payload, signatures: [{ keyid: keyIdOf(createPublicKey(key)), sig }] };
}

/** The statement in an envelope. @throws {Error} when it is none. */
export function statementIn(envelope: Envelope): Statement {
  return statementSchema.parse(JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')));
}

/** Whether the holder of a key signed the envelope. @param publicKey PEM. */
export function isSignedBy(envelope: Envelope, publicKey: string): boolean {
  const key = createPublicKey(publicKey);
  const body = signedBytes(Buffer.from(envelope.payload, 'base64'));
  return envelope.signatures.some(({ sig }) => verify(null, body, key, Buffer.from(sig, 'base64')));
}

/** What is signed, so that a signature of one type of payload is none of another (`PAE` of `DSSE` v1). */
function signedBytes(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${body.length} `), body]);
}

const keyIdOf = (key: KeyObject): string => `sha256:${sha256(key.export({ type: 'spki', format: 'der' }))}`;
