// The Node stack of bench/credentials.py: @digitalbazaar/vc as its documentation shows it, offline.
// npm install @digitalbazaar/vc @digitalbazaar/data-integrity @digitalbazaar/ed25519-multikey
//   @digitalbazaar/eddsa-rdfc-2022-cryptosuite jsonld-signatures
import fs from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import jsigs from 'jsonld-signatures';

const work = JSON.parse(fs.readFileSync(process.argv[2]));
const number = Number(process.argv[3]);
const method = work.controller.verificationMethod[0];
const documents = new Map([
  ...Object.entries(work.contexts),
  [work.did, work.controller],
  [work.method, {'@context': 'https://w3id.org/security/multikey/v1', ...method}],
]);

async function documentLoader(url) {
  if(!documents.has(url)) {
    throw new Error(`not there: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: documents.get(url)};
}

const key = await Ed25519Multikey.generate({seed: Buffer.from(work.seed, 'hex'), controller: work.did});
key.id = work.method;
const purpose = new jsigs.purposes.AssertionProofPurpose();

async function issue(document) {
  const suite = new DataIntegrityProof({signer: key.signer(), cryptosuite, date: work.created});
  return jsigs.sign({...document}, {suite, purpose, documentLoader});
}

async function verify(signed) {
  const suite = new DataIntegrityProof({cryptosuite});
  const result = await jsigs.verify(signed, {suite, purpose, documentLoader});
  return result.verified;
}

for(const document of work.documents.slice(0, 20)) {
  await verify(await issue(document));
}
const started = performance.now();
const signed = [];
for(const document of work.documents.slice(0, number)) {
  signed.push(await issue(document));
}
const issued = performance.now();
let verified = 0;
for(const document of work.signed.slice(0, number)) {
  verified += await verify(document);
}
const ended = performance.now();
console.log(JSON.stringify({
  signed, verified, seconds: {issue: (issued - started) / 1000, verify: (ended - issued) / 1000},
}));
