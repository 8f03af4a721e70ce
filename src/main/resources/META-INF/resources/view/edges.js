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
  const drawn = new Map();
  const touched = new Set();
  addFlows(map, drawn);
  const troubled = new Map();
  addInner(map, troubled);
  if (store.trial) addChanges(map, drawn);
  if (store.links) addLinks(map, drawn);
  for (const edge of drawn.values()) {
    touched.add(edge.source);
    touched.add(edge.target);
  }
  return {nodes: nodes(map, touched, troubled), edges: [...drawn.values()].map(data => ({group: 'edges', data, classes: classes(data)}))};
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

function addFlows(map, drawn) {
  map.flows.forEach((flow, index) => {
    if (store.states.size && !store.states.has(flow.state)) return;
    const calm = flow.expect === 'Blocked' && flow.state === 'Satisfied';
    if (calm && !store.blocked && store.flow !== flow.key) return;
    for (const edge of flow.edges) {
      if (!passes(map, edge) || !hasPort(edge.ports, store.port)) continue;
      const source = nodeOf(edge.from, map);
      const target = nodeOf(edge.to, map);
      if (source === target) continue;
      const id = `flow:${source}>${target}`;
      const known = drawn.get(id);
      if (!known) {
        drawn.set(id, {id, common: flow.edges.length > COMMON, source, target, kind: 'flow', state: edge.state, expect: flow.expect, flows: [index], from: edge.from, to: edge.to, port: edge.port, ports: edge.ports, count: 1});
        continue;
      }
      known.count++;
      known.common &&= flow.edges.length > COMMON;
      if (known.flows.at(-1) !== index) known.flows.push(index);
      if (GRAVITY[edge.state] > GRAVITY[known.state] || (flow.expect === 'Allowed' && known.expect === 'Blocked' && edge.state === known.state)) {
        Object.assign(known, {state: edge.state, expect: flow.expect, from: edge.from, to: edge.to, port: edge.port, ports: edge.ports});
      }
    }
  });
}

/** Connections that a change opens or closes. */
function addChanges(map, drawn) {
  const byLabel = new Map(map.ends.map((end, index) => [end.label, index]));
  for (const [kind, changes] of [['gained', store.trial.gained], ['lost', store.trial.lost]]) {
    for (const change of changes) {
      const from = byLabel.get(change.from);
      const to = byLabel.get(change.to);
      if (from === undefined || to === undefined || !passes(map, {from, to}) || !hasPort(change.ports, store.port)) continue;
      if (!change.sure && !store.undetermined) continue;
      const source = nodeOf(from, map);
      const target = nodeOf(to, map);
      const id = `${kind}:${source}>${target}`;
      if (source === target || drawn.has(id)) continue;
      const flow = drawn.get(`flow:${source}>${target}`);
      if (flow) {
        if (kind === 'gained' && flow.state === 'Satisfied') flow.change = 'gained';
        continue;
      }
      drawn.set(id, {id, source, target, kind, ports: change.ports, from, to, port: firstPort(change.ports), count: 1});
    }
  }
}

function addLinks(map, drawn) {
  for (const link of map.links) {
    const words = link.allowed || (store.undetermined ? link.undetermined : '');
    if (!words || !passes(map, link) || !hasPort(words, store.port)) continue;
    const source = nodeOf(link.from, map);
    const target = nodeOf(link.to, map);
    if (source === target || drawn.has(`flow:${source}>${target}`) || drawn.has(`gained:${source}>${target}`)) continue;
    const id = `link:${source}>${target}`;
    const known = drawn.get(id);
    if (known) known.count++;
    else drawn.set(id, {id, source, target, kind: 'link', state: link.allowed ? '' : 'possible', ports: words, from: link.from, to: link.to, port: firstPort(words), count: 1});
  }
  for (const bundle of map.bundles) {
    if (bundle.from < 0 || bundle.to < 0 || bundle.from === bundle.to) continue;
    const [source, target] = [bundle.from, bundle.to].map(place => `ns:${map.namespaces[place].name}`);
    if (!isFolded(map.namespaces[bundle.from].name) || !isFolded(map.namespaces[bundle.to].name)) continue;
    const id = `link:${source}>${target}`;
    if (!drawn.has(`flow:${source}>${target}`)) drawn.set(id, {id, source, target, kind: 'link', state: '', ports: '', count: bundle.links});
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
