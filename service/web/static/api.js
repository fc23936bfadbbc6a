// Asking the server, which is always this page's own.

/** A refusal or a failure in words that a reader understands. */
export class Refusal extends Error {
  constructor(title, detail, status) {
    super(detail);
    this.title = title;
    this.status = status;
  }
}

/** The answer as JSON, and its headers. Raises Refusal, or AbortError where `signal` says so. */
export async function ask(path, parameters = '', signal = undefined) {
  const query = String(parameters);
  const response = await reach(query ? `${path}${path.includes('?') ? '&' : '?'}${query}` : path, signal);
  if (response.ok) return { body: await response.json(), headers: response.headers };
  const problem = await response.json().catch(() => ({}));
  throw new Refusal(problem.title ?? 'The server refused', problem.detail ?? `It answered ${response.status}.`, response.status);
}

/** A page of this server in another state, whatever it says. Raises Refusal where there is none. */
export async function askPage(url, signal) {
  const response = await reach(url, signal, 'text/html');
  if (!response.headers.get('content-type')?.startsWith('text/html')) throw new Refusal('The server refused', `It answered ${response.status}.`, response.status);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

async function reach(url, signal, kind = 'application/json') {
  try {
    return await fetch(url, { signal, headers: { Accept: kind } });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    const detail = navigator.onLine ? 'The server does not answer.' : 'There is no connection to the network.';
    throw new Refusal('No answer', detail, 0);
  }
}

/** Only the newest call goes on: each aborts the one before. */
export function newest() {
  let running = null;
  return () => {
    running?.abort();
    running = new AbortController();
    return running.signal;
  };
}
