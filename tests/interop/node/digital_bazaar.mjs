/** The verdict of @digitalbazaar/vc: a revoked credential is `verified` there, so its status is read besides. */
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {documentLoader} from './loading.mjs';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

const suite = () => [
  new DataIntegrityProof({cryptosuite: rdfc}), new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()})
];

/** Whether the credential is good, and why not. */
export async function digitalBazaar(credential) {
  const result = await vc.verifyCredential({
    credential: structuredClone(credential),
    suite: suite(),
    documentLoader,
    checkStatus: credential.credentialStatus && (options => checkStatus({...options, suite: suite(), documentLoader}))
  });
  const set = (result.statusResult?.results ?? []).some(each => each.status);
  return {good: result.verified === true && !set, why: set ? 'revoked' : reasons(result)};
}

function reasons({error, results = []}) {
  const errors = [error, ...(error?.errors ?? []), ...results.map(each => each.error)];
  return errors.filter(each => each?.message).map(each => each.message).join(' | ');
}
