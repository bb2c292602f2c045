// Requests to the server.

/** An error response. */
export class Failure extends Error {}

/** A query string without empty values; lists become repeated parameters. */
export function query(parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, one);
    }
  }
  const text = search.toString();
  return text ? '?' + text : '';
}

async function answer(response) {
  if (response.status === 401) location.replace('/login' + location.hash);
  let body;
  try {
    body = await response.json();
  } catch (e) {
    if (e.name === 'AbortError') throw e; // aborted while the body was being received
    throw new Failure(`the server returned status ${response.status}`);
  }
  if (!response.ok) throw new Failure(body.error ?? `the server returned status ${response.status}`);
  return body;
}

export async function get(path, parameters = {}, signal) {
  return answer(await fetch('/api/' + path + query(parameters), {signal, headers: {Accept: 'application/json'}}));
}

export async function put(path, body) {
  return answer(await fetch('/api/' + path, {
    method: 'PUT', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)}));
}

/** Sends only the newest of several requests: the previous one is aborted. */
export function latest() {
  let running;
  return async (path, parameters) => {
    running?.abort();
    running = new AbortController();
    const mine = running;
    try {
      return await get(path, parameters, mine.signal);
    } catch (e) {
      if (mine.signal.aborted) return undefined;
      throw e;
    }
  };
}
