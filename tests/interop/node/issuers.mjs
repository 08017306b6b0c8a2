/** Signing with @digitalbazaar/vc (both cryptosuites) and with @digitalcredentials/vc. */
import * as dbKeys from '@digitalbazaar/ed25519-multikey';
import * as dbVc from '@digitalbazaar/vc';
import * as dccKeys from '@digitalcredentials/ed25519-multikey';
import * as dccVc from '@digitalcredentials/vc';
import {createList} from '@digitalbazaar/vc-bitstring-status-list';
import {createSignCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {DataIntegrityProof as DbProof} from '@digitalbazaar/data-integrity';
import {DataIntegrityProof as DccProof} from '@digitalcredentials/data-integrity';
import {documentLoader} from './loading.mjs';
import {cryptosuite as dbRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {cryptosuite as dccRdfc} from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite';

const suites = {'eddsa-rdfc-2022': dbRdfc, 'eddsa-jcs-2022': createSignCryptosuite()};

async function key(keys, {seed, controller, method}) {
  const pair = await keys.generate({seed: new Uint8Array(Buffer.from(seed, 'hex')), controller});
  pair.id = method;
  return pair;
}

export const issuers = {
  async digitalBazaar(order) {
    const signer = (await key(dbKeys, order)).signer();
    const suite = new DbProof({signer, cryptosuite: suites[order.cryptosuite], date: order.created});
    return dbVc.issue({credential: order.document, suite, documentLoader, now: order.created});
  },
  async digitalCredentials(order) {
    const signer = (await key(dccKeys, order)).signer();
    const suite = new DccProof({signer, cryptosuite: dccRdfc, date: order.created});
    return dccVc.issue({credential: order.document, suite, documentLoader, now: order.created});
  }
};

/** The encoded list of 131,072 places with these set. */
export async function encodedList(indices) {
  const list = await createList({length: 131072});
  for(const index of indices) {
    list.setStatus(index, true);
  }
  return `u${(await list.encode()).replace(/^u/, '')}`;
}
