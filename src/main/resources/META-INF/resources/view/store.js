// What the page knows and shows, and who wants to be told when that changes.

export const STATES = ['Broken', 'Undetermined', 'Satisfied', 'Unbound', 'Unenforced'];
/** What is said of several flows in a state, and of one. */
export const WORDS = {Broken: 'broken', Undetermined: 'undetermined', Satisfied: 'hold', Unbound: 'unbound', Unenforced: 'unenforced'};
export const WORD = {...WORDS, Satisfied: 'holds'};

export const store = {
  /** The cluster as it is. */
  now: null,
  /** What is shown: that, or the cluster with a change that is tried. */
  map: null,
  /** What that was made from: with all flows, also those that are not shown. */
  raw: null,
  /** The answer to the change that is tried; null where none is. */
  trial: null,
  view: 'map',
  panel: 'flows',
  /** Namespaces to show; none: all. */
  namespaces: new Set(),
  states: new Set(),
  port: '',
  /** Whether flows that nobody declared are shown where nothing is wrong with them. */
  implied: false,
  links: true,
  undetermined: false,
  blocked: false,
  /** Namespaces that are shown as one. */
  collapsed: new Set(),
  /** Namespaces that are too far away, on a large map, for their workloads to be drawn. */
  far: new Set(),
  selected: '',
  flow: '',
  question: {from: '', to: '', port: ''},
  listeners: [],
};

export function listen(listener) {
  store.listeners.push(listener);
}

/** @param what changed: 'map', 'filter', 'selection', 'view', 'panel', 'question', 'trial', 'theme', 'decisions' */
export function changed(...what) {
  const set = new Set(what);
  store.listeners.forEach(listener => listener(set));
}

/** Shows a map: rows without news of flows that nobody declared would bury those that somebody wrote. */
export function present(raw) {
  store.raw = raw;
  store.map = {...raw, flows: raw.flows.filter(flow => !flow.implied || store.implied || flow.state === 'Broken')};
}

/** Says so where not all of a flow is drawn. */
export const cutText = flow => flow.cut ? `only the first ${flow.edges.length} of its connections are drawn` : '';

export const endOf = id => store.map?.ends.findIndex(end => end.id === id) ?? -1;

/** Who a flow is about, shortly: its first pair, those that are amiss before others. */
export function pairOf(flow, map = store.map) {
  const edge = flow.edges.find(each => each.state === flow.state) ?? flow.edges[0];
  return edge && {edge, from: map.ends[edge.from], to: map.ends[edge.to]};
}

export function pairText(flow, map = store.map) {
  const pair = pairOf(flow, map);
  if (!pair) return flow.name;
  const more = flow.edges.length - 1;
  return `${pair.from.label} → ${pair.to.label} : ${pair.edge.ports}${more ? `, and ${more} more ${more === 1 ? 'pair' : 'pairs'}` : ''}`;
}

export const byState = flows => {
  const groups = new Map(STATES.map(state => [state, []]));
  flows.forEach(flow => groups.get(flow.state).push(flow));
  return groups;
};

/** Whether an edge's ports, in words, contain the one that is looked for. */
export function hasPort(words, port) {
  if (!port) return true;
  if (/everything|\ball /.test(words)) return true;
  const number = Number.parseInt(port, 10);
  return words.split(/[;,\s]+/).some(part => {
    const [first, last] = part.match(/^(\d+)(?:-(\d+))?/)?.slice(1) ?? [];
    return first && number >= +first && number <= +(last ?? first);
  });
}
