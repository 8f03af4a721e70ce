// Where things stand: who sends is left of who is reached, as far as there is such an order. The same cluster always looks the same.

const GAP = {column: 54, namespace: 42, workload: 22, inner: 36, pad: 24, title: 26};
const HEIGHT = 36;
/** A column of namespaces grows no higher than this before another is begun beside it. */
const HIGHEST = 1150;

/**
 * @param nodes and
 * @param edges in Cytoscape's terms
 * @param aspect of what it is drawn on, width by height
 * @returns the spots of all that have no children, and the boxes of what stands by itself; x and y are those of the middle
 */
export function places(nodes, edges, aspect = 1.4) {
  const blocks = new Map();
  for (const {data, classes} of nodes) {
    if (classes === 'namespace') blocks.set(data.id, block(data.id));
    else if (!data.parent) blocks.set(data.id, {...block(data.id), members: [data], width: data.width, height: HEIGHT, outside: classes === 'outside'});
  }
  for (const {data} of nodes) if (data.parent) blocks.get(data.parent)?.members.push(data);
  const home = new Map(nodes.map(({data}) => [data.id, data.parent ?? data.id]));
  const flows = edges.filter(({data}) => data.kind === 'flow' && data.expect === 'Allowed');
  const strong = flows.length ? flows : edges;
  const inner = new Map();
  const outer = [];
  for (const {data} of strong) {
    const [from, to] = [home.get(data.source), home.get(data.target)];
    if (from === to) (inner.get(from) ?? inner.set(from, []).get(from)).push([data.source, data.target]);
    else if (from && to) outer.push([from, to]);
  }
  for (const each of blocks.values()) if (each.members.length > 1 || each.id.startsWith('ns:') && each.members.length) arrange(each, inner.get(each.id) ?? []);
  const spots = stretched(place(blocks, outer, aspect), aspect);
  return {spots, boxes: boxes(blocks, spots)};
}

function boxes(blocks, spots) {
  const found = new Map();
  for (const {id, members} of blocks.values()) {
    if (!id.startsWith('ns:') || !members.length) continue;
    const all = members.map(member => ({...spots.get(member.id), half: member.width / 2}));
    const [left, right] = [Math.min(...all.map(spot => spot.x - spot.half)), Math.max(...all.map(spot => spot.x + spot.half))];
    const [top, bottom] = [Math.min(...all.map(spot => spot.y)), Math.max(...all.map(spot => spot.y))];
    found.set(id, {x: (left + right) / 2, y: (top + bottom) / 2, width: right - left + 2 * GAP.pad, height: bottom - top + HEIGHT + 2 * GAP.pad, members: members.length});
  }
  return found;
}

/** Uses the height that there is. */
function stretched(found, aspect) {
  const spots = [...found.values()];
  const span = axis => Math.max(...spots.map(spot => spot[axis])) - Math.min(...spots.map(spot => spot[axis]));
  const factor = Math.min(3, (span('x') + 120) / aspect / (span('y') + 60));
  if (factor > 1) spots.forEach(spot => { spot.y *= factor; });
  return found;
}

const block = id => ({id, members: [], at: new Map(), width: 60, height: HEIGHT, outside: false});

/** Puts the workloads of a namespace into columns of its own. */
function arrange(each, edges) {
  const ids = each.members.map(member => member.id);
  const size = new Map(each.members.map(member => [member.id, member.width]));
  const many = ids.length > 14;
  const columns = many ? grid(ids) : columnsOf(ids, ranks(ids, edges));
  let x = GAP.pad;
  let height = 0;
  for (const column of columns) {
    const wide = Math.max(...column.map(id => size.get(id)));
    column.forEach((id, row) => each.at.set(id, {x: x + wide / 2, y: GAP.title + GAP.pad / 2 + row * (HEIGHT + GAP.workload) + HEIGHT / 2}));
    height = Math.max(height, column.length);
    x += wide + (many ? 26 : GAP.inner);
  }
  for (const column of columns) {
    const shift = (height - column.length) * (HEIGHT + GAP.workload) / 2;
    if (!many) column.forEach(id => { each.at.get(id).y += shift; });
  }
  each.width = x - (many ? 26 : GAP.inner) + GAP.pad;
  each.height = GAP.title + GAP.pad + height * (HEIGHT + GAP.workload) - GAP.workload;
}

function grid(ids) {
  const rows = Math.ceil(Math.sqrt(ids.length * 1.6));
  const columns = [];
  for (let i = 0; i < ids.length; i += rows) columns.push(ids.slice(i, i + rows));
  return columns;
}

/** How far right each stands: one more than whoever sends to it, circles broken where least is lost. */
function ranks(ids, edges) {
  const order = new Map(linear(ids, edges).map((id, place) => [id, place]));
  const forward = edges.filter(([from, to]) => order.get(from) < order.get(to));
  const rank = new Map(ids.map(id => [id, 0]));
  for (const id of [...ids].sort((a, b) => order.get(a) - order.get(b))) {
    for (const [from, to] of forward) if (from === id) rank.set(to, Math.max(rank.get(to), rank.get(id) + 1));
  }
  return rank;
}

/** An order with few edges against it: sources first, sinks last, else who sends most more than it receives. */
function linear(ids, edges) {
  const out = new Map(ids.map(id => [id, new Map()]));
  const into = new Map(ids.map(id => [id, new Map()]));
  for (const [from, to] of edges) {
    if (from === to || !out.has(from) || !out.has(to)) continue;
    out.get(from).set(to, (out.get(from).get(to) ?? 0) + 1);
    into.get(to).set(from, (into.get(to).get(from) ?? 0) + 1);
  }
  const left = new Set(ids);
  const first = [];
  const last = [];
  const weight = map => [...map].reduce((sum, [id, count]) => sum + (left.has(id) ? count : 0), 0);
  while (left.size) {
    let best;
    let most = -Infinity;
    for (const id of left) {
      const sends = weight(out.get(id));
      const receives = weight(into.get(id));
      const score = !receives ? 1e9 + sends : !sends ? -1e9 : sends - receives;
      if (score > most) [most, best] = [score, id];
      if (!sends && receives) {
        last.unshift(id);
        left.delete(id);
        best = undefined;
        break;
      }
    }
    if (best !== undefined) {
      first.push(best);
      left.delete(best);
    }
  }
  return [...first, ...last];
}

function columnsOf(ids, rank) {
  const columns = [];
  for (const id of ids) (columns[rank.get(id)] ??= []).push(id);
  return columns.filter(Boolean);
}

/** Puts the namespaces into columns, close to whom they send to, and high columns side by side. */
function place(blocks, edges, aspect) {
  const ids = [...blocks.keys()];
  const pairs = [...new Map(edges.map(edge => [edge.join('>'), edge])).values()];
  const rank = ranks(ids, pairs);
  const used = new Set(pairs.flat());
  const most = Math.max(0, ...rank.values());
  for (const id of ids) {
    const sends = pairs.some(([from]) => from === id);
    if (blocks.get(id).outside && !sends) rank.set(id, most + 1);
    if (!used.has(id) && !blocks.get(id).outside) rank.set(id, most + 1);
  }
  const columns = columnsOf(ids, rank);
  const at = new Map();
  const heightOf = column => column.reduce((sum, id) => sum + blocks.get(id).height + GAP.namespace, 0);
  const parts = [];
  const order = new Map();
  for (const column of columns) {
    const middle = id => {
      const known = pairs.flatMap(([from, to]) => to === id ? [from] : from === id ? [to] : []).map(other => order.get(other)).filter(y => y !== undefined);
      return known.length ? known.reduce((a, b) => a + b, 0) / known.length : 0;
    };
    const centre = new Map(column.map(id => [id, middle(id)]));
    column.sort((a, b) => centre.get(a) - centre.get(b) || a.localeCompare(b));
    column.forEach((id, row) => order.set(id, row - column.length / 2));
    parts.push(...split(column, heightOf(column), blocks));
  }
  const widthOf = part => Math.max(...part.map(id => blocks.get(id).width)) + GAP.column;
  const total = parts.reduce((sum, part) => sum + widthOf(part), 0);
  const area = parts.reduce((sum, part) => sum + widthOf(part) * heightOf(part), 0);
  const widest = Math.sqrt(area * aspect) * 1.3;
  const bands = total > 2.5 * widest ? widest : Infinity;
  let x = 0;
  let floor = 0;
  let band = [];
  const lay = () => {
    const high = Math.max(...band.map(heightOf));
    x = 0;
    for (const part of band) {
      let y = floor + (high - heightOf(part)) / 2;
      const wide = widthOf(part) - GAP.column;
      for (const id of part) {
        const each = blocks.get(id);
        at.set(id, {x: x + (wide - each.width) / 2, y: y + each.height / 2, top: y});
        y += each.height + GAP.namespace;
      }
      x += wide + GAP.column;
    }
    floor += high + GAP.namespace;
    band = [];
  };
  for (const part of parts) {
    if (band.length && band.reduce((sum, each) => sum + widthOf(each), 0) + widthOf(part) > bands) lay();
    band.push(part);
  }
  if (band.length) lay();
  const found = new Map();
  for (const [id, each] of blocks) {
    const origin = at.get(id);
    if (!each.at.size) found.set(id, {x: origin.x + each.width / 2, y: origin.y});
    for (const [member, spot] of each.at) found.set(member, {x: origin.x + spot.x, y: origin.top + spot.y});
  }
  return found;
}

function split(column, height, blocks) {
  const parts = Math.ceil(height / Math.max(HIGHEST, Math.sqrt(column.length) * 240));
  if (parts < 2) return [column];
  const share = height / parts;
  const result = [[]];
  let filled = 0;
  for (const id of column) {
    if (filled > share && result.length < parts) {
      result.push([]);
      filled = 0;
    }
    result.at(-1).push(id);
    filled += blocks.get(id).height + GAP.namespace;
  }
  return result;
}
