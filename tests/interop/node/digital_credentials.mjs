/** The verdict of the Digital Credentials Consortium's verifier-core. */
import {verifyCredential} from '@digitalcredentials/verifier-core';

/** Whether the credential is good, and why not: every step of its log has to be valid. */
export async function digitalCredentials(credential) {
  const result = await verifyCredential({credential: structuredClone(credential), knownDIDRegistries: []});
  const steps = Object.fromEntries((result.log ?? []).map(each => [each.id, each.valid ?? false]));
  const needed = ['valid_signature', 'expiration', ...(credential.credentialStatus ? ['revocation_status'] : [])];
  const failed = needed.filter(step => steps[step] !== true);
  const errors = (result.errors ?? []).map(each => `${each.name}: ${each.message}`);
  return {good: errors.length === 0 && failed.length === 0, why: [...errors, ...failed].join(' | ')};
}
