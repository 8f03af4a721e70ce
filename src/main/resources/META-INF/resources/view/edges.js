// From the lists of the map to what is drawn: nodes and edges, with namespaces that are folded counted as one.

import {hasPort, store} from './store.js';

/** A flow that so many have, as that to the cluster's DNS, is drawn lightly while it holds. */
const COMMON = 8;

const GRAVITY = {Satisfied: 0, Unbound: 0, Unenforced: 1, Undetermined: 2, Broken: 3};

/** The id under which an end is drawn. */
export function nodeOf(index, map = store.map) {
  const end = map.ends[index];
  return end.namespace && isFolded(end.namespace) ? `ns:${end.namespace}` : `end:${end.id}`;
}

const isFolded = namespace => store.collapsed.has(namespace) || store.far.has(namespace);

const wanted = end => !store.namespaces.size || store.namespaces.has(end.namespace);

/** @returns {{nodes: object[], edges: object[]}} in Cytoscape's terms */
export function elements(map = store.map) {
  const ways = waysOn(map);
  const flows = new Map();
  addFlows(map, ways, flows);
  const gained = new Map();
  const lost = new Map();
  if (store.trial) {
    addChanges(map, ways, flows, gained, 'gained', store.trial.gained);
    addChanges(map, ways, flows, lost, 'lost', store.trial.lost);
  }
  const links = new Map();
  if (store.links) addLinks(map, ways, [flows, gained], links);
  const drawn = [flows, gained, lost, links].flatMap(each => [...each.values()]);
  const touched = new Set();
  for (const {source, target} of drawn) touched.add(source).add(target);
  const troubled = new Map();
  addInner(map, troubled);
  return {nodes: nodes(map, touched, troubled), edges: drawn.map(data => ({group: 'edges', data, classes: classes(data)}))};
}

/** The nodes as which ends are drawn are numbered, so that a way from one to another is a number as well: there may be very many. */
function waysOn(map) {
  const numbers = new Map();
  const numberOf = id => numbers.get(id) ?? numbers.set(id, numbers.size).get(id);
  const places = map.ends.map((_, index) => numberOf(nodeOf(index, map)));
  const ids = [...numbers.keys()];
  return {
    /** Less than nothing where both ends are drawn as one. */
    between: (from, to) => places[from] === places[to] ? -1 : places[from] * ids.length + places[to],
    ofNamespaces: (from, to) => numbers.has(from) && numbers.has(to) ? numbers.get(from) * ids.length + numbers.get(to) : -1,
    named: (kind, way) => {
      const [source, target] = [ids[Math.floor(way / ids.length)], ids[way % ids.length]];
      return {id: `${kind}:${source}>${target}`, source, target};
    },
  };
}

/** What is amiss between workloads of one namespace that is folded would not be seen. */
function addInner(map, troubled) {
  for (const flow of map.flows) {
    for (const edge of flow.edges) {
      const namespace = map.ends[edge.from].namespace;
      if (GRAVITY[edge.state] < 2 || !namespace || namespace !== map.ends[edge.to].namespace || !isFolded(namespace)) continue;
      if (troubled.get(namespace) !== 'Broken') troubled.set(namespace, edge.state);
    }
  }
}

function nodes(map, touched, troubled) {
  const list = [];
  const parents = new Set();
  map.ends.forEach((end, index) => {
    const id = nodeOf(index, map);
    if (id.startsWith('ns:')) return;
    const mine = wanted(end);
    if (end.namespace ? !(mine || touched.has(id)) : !touched.has(id)) return;
    if (end.namespace) parents.add(end.namespace);
    list.push({group: 'nodes', classes: end.namespace ? 'workload' : 'outside', data: {
      id, index, label: end.name, parent: end.namespace ? `ns:${end.namespace}` : undefined, width: width(end.name)}});
  });
  for (const {name, workloads} of map.namespaces) {
    const id = `ns:${name}`;
    const folded = isFolded(name);
    if (!folded && !parents.has(name)) continue;
    if (folded && store.namespaces.size && !store.namespaces.has(name) && !touched.has(id)) continue;
    const label = folded ? `${name}  (${workloads})` : name;
    list.unshift({group: 'nodes', classes: folded ? ['folded', troubled.get(name)].filter(Boolean).join(' ') : 'namespace', data: {id, label, namespace: name, width: width(label)}});
  }
  return list;
}

const width = label => Math.max(60, Math.round(label.length * 9.5 + 20));

function classes(data) {
  return [data.kind, data.state, data.expect === 'Blocked' && 'blocked', data.common && 'common', data.change].filter(Boolean).join(' ');
}

function addFlows(map, ways, drawn) {
  for (const flow of map.flows) {
    if (store.states.size && !store.states.has(flow.state)) continue;
    const calm = flow.expect === 'Blocked' && flow.state === 'Satisfied';
    if (calm && !store.blocked && store.flow !== flow.key) continue;
    const common = flow.edges.length > COMMON;
    for (const edge of flow.edges) {
      if (!passes(map, edge) || !hasPort(edge.ports, store.port)) continue;
      const way = ways.between(edge.from, edge.to);
      if (way < 0) continue;
      const known = drawn.get(way);
      if (!known) {
        drawn.set(way, {...ways.named('flow', way), common, kind: 'flow', state: edge.state, expect: flow.expect, flows: [flow.key], from: edge.from, to: edge.to, port: edge.port, ports: edge.ports, count: 1, change: ''});
        continue;
      }
      known.count++;
      known.common &&= common;
      if (known.flows.at(-1) !== flow.key) known.flows.push(flow.key);
      if (GRAVITY[edge.state] > GRAVITY[known.state] || (flow.expect === 'Allowed' && known.expect === 'Blocked' && edge.state === known.state)) {
        Object.assign(known, {state: edge.state, expect: flow.expect, from: edge.from, to: edge.to, port: edge.port, ports: edge.ports});
      }
    }
  }
}

/** Connections that a change opens or closes. */
function addChanges(map, ways, flows, drawn, kind, changes) {
  if (!changes.length) return;
  const byLabel = new Map(map.ends.map((end, index) => [end.label, index]));
  for (const change of changes) {
    const from = byLabel.get(change.from);
    const to = byLabel.get(change.to);
    if (from === undefined || to === undefined || !passes(map, {from, to}) || !hasPort(change.ports, store.port)) continue;
    if (!change.sure && !store.undetermined) continue;
    const way = ways.between(from, to);
    if (way < 0 || drawn.has(way)) continue;
    const flow = flows.get(way);
    if (!flow) drawn.set(way, {...ways.named(kind, way), kind, state: '', ports: change.ports, from, to, port: firstPort(change.ports), count: 1});
    else if (kind === 'gained' && flow.state === 'Satisfied') flow.change = 'gained';
  }
}

/** @param others what is drawn instead of a link where there is both */
function addLinks(map, ways, others, drawn) {
  const isDrawn = way => others.some(each => each.has(way));
  for (const link of map.links) {
    const words = link.allowed || (store.undetermined ? link.undetermined : '');
    if (!words || !passes(map, link) || !hasPort(words, store.port)) continue;
    const way = ways.between(link.from, link.to);
    if (way < 0 || isDrawn(way)) continue;
    const known = drawn.get(way);
    if (known) known.count++;
    else drawn.set(way, {...ways.named('link', way), kind: 'link', state: link.allowed ? '' : 'possible', ports: words, from: link.from, to: link.to, port: firstPort(words), count: 1});
  }
  for (const bundle of map.bundles) {
    if (bundle.from < 0 || bundle.to < 0 || bundle.from === bundle.to) continue;
    const names = [bundle.from, bundle.to].map(place => map.namespaces[place].name);
    if (!names.every(isFolded)) continue;
    const way = ways.ofNamespaces(...names.map(name => `ns:${name}`));
    if (way >= 0 && !isDrawn(way)) drawn.set(way, {...ways.named('link', way), kind: 'link', state: '', ports: '', count: bundle.links});
  }
}

function passes(map, edge) {
  return wanted(map.ends[edge.from]) || wanted(map.ends[edge.to]);
}

/** A port to ask about, from ports in words: TCP 80,8000-9000 → 80/TCP. */
export function firstPort(words) {
  const found = words.match(/(TCP|UDP|SCTP) (\d+)/);
  return found ? `${found[2]}/${found[1]}` : '80/TCP';
}
