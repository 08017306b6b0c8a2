/** Keeps the other software offline: what it fetches comes from a map, and no connection leaves the process. */
import dns from 'node:dns';
import net from 'node:net';

export const documents = new Map();
export const refused = [];
export const stray = [];

/** Answers a request from the map; what is not in it is not found. */
export async function fetchFromMap(request) {
  const url = typeof request === 'string' ? request : request.url ?? String(request);
  const found = documents.get(url);
  if(found === undefined) {
    refused.push(url);
    return new Response('{"title": "not found"}', {status: 404, headers: {'content-type': 'application/json'}});
  }
  return new Response(JSON.stringify(found), {status: 200, headers: {'content-type': 'application/json'}});
}

/** Replaces the ways to the network; `allowed` are ports of this machine that stay open. */
export function close(allowed = []) {
  if(allowed.length === 0) {
    globalThis.fetch = fetchFromMap;
  }
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function(...given) {
    const options = Array.isArray(given[0]) ? given[0][0] : given[0];
    const port = Number(options?.port ?? given[0]);
    const host = options?.host ?? '127.0.0.1';
    if(allowed.includes(port) && ['127.0.0.1', 'localhost'].includes(host)) {
      return connect.apply(this, given);
    }
    stray.push(`${host}:${port}`);
    throw new Error(`The network is closed: ${host}:${port}`);
  };
  if(allowed.length === 0) {
    for(const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
      dns[name] = host => {
        stray.push(host);
        throw new Error(`The network is closed: ${host}`);
      };
    }
  }
}

/** Reads the task from standard input. */
export async function task() {
  const parts = [];
  for await (const part of process.stdin) {
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString());
}

/** Writes the outcome; what the libraries print themselves goes to standard error. */
export function told(outcome) {
  process.stdout.write(JSON.stringify(outcome));
}
console.log = console.error;
