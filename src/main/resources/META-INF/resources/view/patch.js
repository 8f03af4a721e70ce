// The map with a change, made from the map without it and what is another: far less than the whole is sent. What is worth a look then is
// left open, and asked for where it is looked at.

export function patched(map, {state, patch}) {
  const ends = [...map.ends];
  for (const {place, end} of patch.ends) ends[place] = end;
  return compacted({...map, state, findings: null, mistakes: null, ends, namespaces: namespaces(map, patch), links: links(map, patch), bundles: bundles(map, patch), flows: flows(map, patch)}, new Set(patch.gone));
}

function namespaces(map, patch) {
  const counts = new Map(patch.namespaces.map(each => [each.name, each]));
  return map.namespaces.map(each => counts.get(each.name) ?? each);
}

function links(map, patch) {
  const sending = new Set(patch.sending);
  const receiving = new Set(patch.receiving);
  return [...map.links.filter(link => !sending.has(link.from) && !receiving.has(link.to)), ...patch.links];
}

function bundles(map, patch) {
  const way = ({from, to}) => `${from}>${to}`;
  const all = new Map(map.bundles.map(bundle => [way(bundle), bundle]));
  for (const bundle of patch.bundles) all.set(way(bundle), bundle);
  return [...all.values()].filter(bundle => bundle.links > 0);
}

function flows(map, patch) {
  const gone = new Set(patch.goneFlows);
  const rows = new Map(patch.flows.map(flow => [flow.key, flow]));
  const kept = map.flows.filter(flow => !gone.has(flow.key)).map(flow => {
    const row = rows.get(flow.key) ?? flow;
    rows.delete(flow.key);
    return row;
  });
  return [...kept, ...rows.values()];
}

/** Without those who are gone; everybody behind them moves up. */
function compacted(map, gone) {
  if (!gone.size) return map;
  const place = new Map();
  const ends = map.ends.filter((_, index) => !gone.has(index) && place.set(index, place.size));
  const both = list => list.filter(({from, to}) => place.has(from) && place.has(to)).map(each => ({...each, from: place.get(each.from), to: place.get(each.to)}));
  return {...map, ends, links: both(map.links), flows: map.flows.map(flow => ({...flow, edges: both(flow.edges)}))};
}
