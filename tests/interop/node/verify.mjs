/** Verifies credentials with two independent stacks; reads `{now, documents, files, credentials}`, by name. */
import './closed.mjs';
import {documents, refused, stray, task, told} from './guard.mjs';

const {documents: given, files, credentials} = await task();
const {digitalBazaar} = await import('./digital_bazaar.mjs');
const {digitalCredentials} = await import('./digital_credentials.mjs');

for(const [url, document] of Object.entries({...given, ...files})) {
  documents.set(url, document);
}
const outcome = {digitalBazaar: {}, digitalCredentials: {}};
for(const [name, credential] of Object.entries(credentials)) {
  outcome.digitalBazaar[name] = await digitalBazaar(credential);
  outcome.digitalCredentials[name] = await digitalCredentials(credential);
}
told({...outcome, refused, stray});
