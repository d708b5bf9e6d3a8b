import { identityFolder, makeLocalIdentity, makePayloadKeys, makeSealKeys } from '@tributary/local-stack';

/**
 * `node tools/dist/identity/make.js`: keys and the first API token where the stack runs in containers, below TRIBUTARY_STATE_DIR. Does
 * nothing where they are there and good.
 */
const state = process.env.TRIBUTARY_STATE_DIR;
if (!state) throw new Error('TRIBUTARY_STATE_DIR: name the folder that keys and tokens are kept in');
makeLocalIdentity(identityFolder(state));
makeSealKeys(identityFolder(state));
makePayloadKeys(identityFolder(state));
console.log(`keys and a token are in ${identityFolder(state)}`);
