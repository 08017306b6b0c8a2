/**
 * Issues credentials with two independent stacks; reads `{documents, orders: [{name, stack, cryptosuite, seed,
 * controller, method, document, list}]}`. A seed is in hexadecimal and for tests alone.
 */
import './closed.mjs';
import {documents, stray, task, told} from './guard.mjs';

const {documents: given, orders} = await task();
const {issuers, encodedList} = await import('./issuers.mjs');

for(const [url, document] of Object.entries(given)) {
  documents.set(url, document);
}
const issued = {};
for(const order of orders) {
  const document = order.list ? await listed(order) : order.document;
  issued[order.name] = await issuers[order.stack]({...order, document});
}
told({issued, stray});

async function listed({document, list}) {
  const subject = {...document.credentialSubject, encodedList: await encodedList(list)};
  return {...document, credentialSubject: subject};
}
