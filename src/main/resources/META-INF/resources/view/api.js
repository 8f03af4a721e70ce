// Asks the program that serves the page. Addresses are relative, so that they carry its token.

async function answer(response) {
  const body = await response.json().catch(() => ({error: `The program answered ${response.status}`}));
  if (!response.ok) throw new Error(body.error);
  return body;
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(`api/${path}`, options);
  } catch {
    throw new Error('The program that serves this page does not answer any more; start it again');
  }
  return answer(response);
}

const query = parameters => new URLSearchParams(parameters).toString();
const post = (path, body) => ask(path, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)});

export const getMap = state => ask(`map?${query({state})}`);
export const explain = (from, to, port, state) => ask(`explain?${query({from, to, port, state})}`);
export const getObject = (ref, state) => ask(`object?${query({ref, state})}`);
export const getFindings = state => ask(`findings?${query({state})}`);
export const getObjects = () => ask('objects');
export const getDecisions = () => ask('decisions');
export const whatIf = change => post('what-if', change);
export const apply = state => post('apply', {state});

/** After so many milliseconds without a stream of events the program is taken to be gone; a stream that gives way to another window's is back sooner. */
const PATIENCE = 3000;

/** Calls back whenever the cluster is another than it was, whenever the webhook has decided something, and when the program is gone or back. */
export function follow(changed, decided, gone) {
  const events = new EventSource('api/events');
  let waiting;
  events.addEventListener('error', () => { waiting ??= setTimeout(() => gone(true), PATIENCE); });
  events.addEventListener('open', () => {
    clearTimeout(waiting);
    waiting = undefined;
    gone(false);
  });
  for (const [name, act] of [['generation', changed], ['decided', decided]]) {
    let known;
    events.addEventListener(name, event => {
      if (known !== undefined && known !== event.data) act(event.data);
      known = event.data;
    });
  }
}
