/**
 * A wallet, as @openid4vc/openid4vci makes one; reads `{port, offer, pin, wrongPin, again}`: takes the credential
 * of an offer after one wrong PIN, then tries the code and the nonce a second time.
 */
import {close, stray, task, told} from './guard.mjs';

const {port, offer, pin, wrongPin, again} = await task();
close([port]);
const {Openid4vciClient, setGlobalConfig} = await import('@openid4vc/openid4vci');
const {clientAuthenticationAnonymous} = await import('@openid4vc/oauth2');
const Ed25519Multikey = await import('@digitalbazaar/ed25519-multikey');
const crypto = await import('node:crypto');
setGlobalConfig({allowInsecureUrls: true});

const key = await Ed25519Multikey.generate();
const name = key.publicKeyMultibase;
const did = `did:key:${name}`;
const encoded = value => Buffer.from(JSON.stringify(value)).toString('base64url');
const client = new Openid4vciClient({callbacks: {
  fetch: globalThis.fetch,
  hash: (data, algorithm) => crypto.createHash(algorithm.replace('-', '')).update(data).digest(),
  generateRandom: length => crypto.randomBytes(length),
  clientAuthentication: clientAuthenticationAnonymous(),
  async signJwt(signer, {header, payload}) {
    const text = `${encoded(header)}.${encoded(payload)}`;
    const signature = await key.signer().sign({data: Buffer.from(text)});
    return {jwt: `${text}.${Buffer.from(signature).toString('base64url')}`, signerJwk: {kty: 'OKP', crv: 'Ed25519', x: ''}};
  }
}});

const outcome = {did};
const first = await client.resolveCredentialOffer(offer);
const issuerMetadata = await client.resolveIssuerMetadata(first.credential_issuer);
outcome.wrongPin = await error(() => token(first, wrongPin));
const accessToken = await token(first, pin);
outcome.codeReplay = await error(() => token(first, pin));
const {c_nonce: nonce} = await client.requestNonce({issuerMetadata});
outcome.issued = await retrieved(first, accessToken, nonce);
const second = await client.resolveCredentialOffer(again.offer);
outcome.nonceReplay = await error(async () => retrieved(second, await token(second, again.pin), nonce));
told({...outcome, stray});

async function token(credentialOffer, txCode) {
  const found = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({credentialOffer, issuerMetadata, txCode});
  return found.accessTokenResponse.access_token;
}

async function retrieved(credentialOffer, accessToken, nonce) {
  const [credentialConfigurationId] = credentialOffer.credential_configuration_ids;
  const {jwt} = await client.createCredentialRequestJwtProof({
    issuerMetadata, credentialConfigurationId, nonce, issuedAt: new Date(),
    signer: {method: 'did', didUrl: `${did}#${name}`, alg: 'EdDSA'}
  });
  const {credentialResponse} = await client.retrieveCredentials({
    issuerMetadata, accessToken, credentialConfigurationId, proofs: {jwt: [jwt]}
  });
  return credentialResponse.credentials[0].credential;
}

async function error(act) {
  try {
    await act();
    return 'accepted';
  } catch(refusal) {
    return JSON.stringify(refusal.errorResponse ?? refusal.response ?? {message: refusal.message});
  }
}
