// The map: Cytoscape draws, this decides what.

import cytoscape from './lib/cytoscape.js';
import {$, announce, badge, fill, h} from './dom.js';
import {elements, nodeOf} from './edges.js';
import {savePng, saveSvg} from './export.js';
import {places} from './layout.js';
import {changed, endOf, present, STATES, store, WORD, WORDS} from './store.js';
import {mapStyle} from './style.js';

/** From so many workloads on namespaces are folded at first. */
const FOLD_FROM = 60;
/** From so many edges on they are drawn plainly, and not while the map moves. */
const MANY_EDGES = 1_500;
/** From so many nodes on only those in sight are drawn, and from far away namespaces as boxes. */
const TOO_MANY_NODES = 700;
/** So many workloads in sight are looked at closely. */
const CLOSE = 260;

let cy;
let shape = '';
let many = false;
let organic = false;
/** Where there are too many to be drawn: where each stands, and the boxes of the namespaces. */
let detail = null;
let looking;

export function start() {
  cy = cytoscape({container: $('canvas'), elements: [], style: mapStyle(false), minZoom: 0.02, maxZoom: 4, boxSelectionEnabled: false, autounselectify: true, pixelRatio: 'auto'});
  window.flowguardMap = cy;
  cy.on('tap', event => event.target === cy ? select('') : tapped(event.target));
  cy.on('dbltap', 'node.namespace', event => fold(event.target.data('namespace')));
  cy.on('mouseover', 'node, edge', event => hover(event.target, event.renderedPosition));
  cy.on('mouseout pan zoom', () => hover(null));
  $('canvas').addEventListener('keydown', key);
  cy.on('viewport', () => {
    clearTimeout(looking);
    if (detail) looking = setTimeout(drawDetail, 140);
  });
  let moved = false;
  cy.on('dragpan scrollzoom pinchzoom', () => { moved = true; });
  new ResizeObserver(() => {
    cy.resize();
    if (!moved) fit();
  }).observe($('canvas'));
}

/** Folds what is too much to be looked at. */
export function foldAtFirst(map) {
  if (map.ends.length > FOLD_FROM) map.namespaces.forEach(({name}) => store.collapsed.add(name));
}

export function draw(what) {
  if (what.has('theme')) cy.style(mapStyle(many));
  if (what.has('map') || what.has('filter')) {
    toolbar();
    legend();
  }
  if (what.has('map') || what.has('filter') || what.has('trial') || (what.has('selection') && store.flow)) drawElements();
  if (detail && what.has('selection')) drawDetail();
  mark();
}

function drawElements() {
  store.far = new Set();
  const {nodes, edges} = elements();
  const key = nodes.map(node => node.data.id).sort().join('|');
  if (nodes.length > TOO_MANY_NODES) {
    if (key !== shape) {
      const {spots, boxes} = places(nodes, edges, cy.width() / Math.max(1, cy.height()));
      detail = {spots, boxes, open: null};
    }
    detail.open = null;
    if (key !== shape) {
      const all = [...detail.boxes.values()];
      const edge = (axis, size, sign) => all.map(box => box[axis] + sign * box[size] / 2);
      detail.extent = {x1: Math.min(...edge('x', 'width', -1)), x2: Math.max(...edge('x', 'width', 1)), y1: Math.min(...edge('y', 'height', -1)), y2: Math.max(...edge('y', 'height', 1))};
      cy.resize();
      fit();
    }
    drawDetail();
  } else {
    detail = null;
    const kept = key === shape ? new Map(cy.nodes().map(node => [node.id(), {...node.position()}])) : places(nodes, edges, cy.width() / Math.max(1, cy.height())).spots;
    for (const node of nodes) if (kept.has(node.data.id)) node.position = kept.get(node.data.id);
    replace(nodes, edges);
    if (key !== shape) {
      cy.resize();
      fit();
    }
  }
  shape = key;
  if (organic && !detail) arrangeOrganically();
}

/** Draws the workloads of the namespaces in sight where these are few enough to be read, and of all others only a box. */
function drawDetail() {
  if (!detail) return;
  const {x1, x2, y1, y2} = cy.extent();
  const inSight = ({x, y, width, height}) => x + width / 2 > x1 && x - width / 2 < x2 && y + height / 2 > y1 && y - height / 2 < y2;
  const near = [...detail.boxes].filter(([, box]) => inSight(box));
  const open = near.reduce((sum, [, box]) => sum + box.members, 0) <= CLOSE ? new Set(near.map(([id]) => id)) : new Set();
  const index = endOf(store.selected);
  if (index >= 0) open.add(`ns:${store.map.ends[index].namespace}`);
  const key = [...open].sort().join('|');
  if (key === detail.open) return;
  detail.open = key;
  store.far = new Set([...detail.boxes.keys()].filter(id => !open.has(id)).map(id => id.slice(3)));
  const {nodes, edges} = elements();
  for (const node of nodes) {
    const box = detail.boxes.get(node.data.id);
    if (node.classes.startsWith('folded') && box) {
      node.position = {x: box.x, y: box.y};
      node.classes += ' far';
      Object.assign(node.data, {width: box.width, height: box.height});
    } else {
      node.position = detail.spots.get(node.data.id);
    }
  }
  replace(nodes, edges);
  mark();
}

function replace(nodes, edges) {
  const news = edges.length > MANY_EDGES;
  if (news !== many || !shape) {
    many = news;
    cy.style(mapStyle(many));
    cy.renderer().textureOnViewport = many;
  }
  cy.batch(() => {
    cy.elements().remove();
    cy.add([...nodes, ...edges]);
  });
}

function fit() {
  if (detail) {
    const {x1, x2, y1, y2} = detail.extent;
    const zoom = Math.min((cy.width() - 60) / (x2 - x1), (cy.height() - 60) / (y2 - y1));
    cy.viewport({zoom, pan: {x: cy.width() / 2 - zoom * (x1 + x2) / 2, y: cy.height() / 2 - zoom * (y1 + y2) / 2}});
    return;
  }
  cy.fit(undefined, 30);
  if (cy.zoom() > 1.25) {
    cy.zoom(1.25);
    cy.center();
  }
}

function tapped(element) {
  if (element.isEdge()) openEdge(element);
  else if (element.hasClass('far')) approach(element);
  else if (element.hasClass('folded')) fold(element.data('namespace'));
  else if (element.hasClass('namespace')) select(element.id());
  else select(element.id());
}

/** Goes so near to a namespace that its workloads are drawn. */
function approach(box) {
  const zoom = Math.min(1, (cy.width() - 80) / box.data('width'), (cy.height() - 80) / box.data('height'));
  const {x, y} = box.position();
  cy.animate({zoom, pan: {x: cy.width() / 2 - zoom * x, y: cy.height() / 2 - zoom * y}, duration: 200});
}

/** Asks why about what an edge stands for. */
function openEdge(edge) {
  const data = edge.data();
  if (data.from === undefined || edge.source().hasClass('folded') && edge.target().hasClass('folded') && data.count > 1 && data.kind === 'link') {
    fold(edge.source().data('namespace'));
    return;
  }
  const [from, to] = [store.map.ends[data.from], store.map.ends[data.to]];
  store.flow = data.flows ? store.map.flows[data.flows[0]].key : '';
  store.selected = edge.id();
  ask(from.id, to.id, data.port);
}

export function ask(from, to, port) {
  store.question = {from, to, port};
  store.panel = 'why';
  changed('selection', 'panel', 'question');
}

export function select(id) {
  store.selected = id.replace(/^end:/, '');
  store.flow = '';
  if (id.startsWith('end:')) store.panel = 'flows';
  changed('selection', 'panel');
}

export function fold(namespace) {
  if (!store.collapsed.delete(namespace)) store.collapsed.add(namespace);
  shape = '';
  changed('filter');
}

/** Brings somebody into sight, unfolding the namespace where need be. */
export function show(id) {
  const end = store.map.ends[endOf(id)];
  if (end?.namespace && store.collapsed.delete(end.namespace)) changed('filter');
  select(`end:${id}`);
  if (detail) drawDetail();
  const node = cy.getElementById(`end:${id}`);
  if (node.nonempty()) cy.animate({center: {eles: node}, zoom: Math.max(cy.zoom(), 0.8), duration: 200});
}

function selectedElement() {
  if (!store.selected) return cy.collection();
  const direct = cy.getElementById(store.selected);
  if (direct.nonempty()) return direct;
  const index = endOf(store.selected);
  return index < 0 ? cy.collection() : cy.getElementById(nodeOf(index));
}

function mark() {
  cy.batch(() => {
    cy.elements().removeClass('dim at near');
    const chosen = selectedElement();
    if (store.flow && store.panel !== 'flows') {
      const place = store.map.flows.findIndex(flow => flow.key === store.flow);
      const edges = cy.edges().filter(edge => edge.data('flows')?.includes(place));
      if (edges.nonempty()) emphasise(edges, edges.connectedNodes());
    }
    if (chosen.nonempty()) {
      const near = chosen.isEdge() ? chosen.connectedNodes() : chosen.union(chosen.descendants()).neighborhood();
      if (!store.flow) emphasise(near.union(chosen), chosen.union(chosen.descendants()));
      chosen.addClass('at');
    }
  });
}

function emphasise(bright, also) {
  const all = bright.union(also);
  const kept = all.union(all.ancestors());
  cy.elements().difference(kept).addClass('dim');
  bright.edges().addClass('near');
}

function hover(element, at) {
  const tip = $('tip');
  if (!element) {
    tip.hidden = true;
    return;
  }
  fill(tip, ...(element.isEdge() ? edgeTip(element.data()) : nodeTip(element)));
  tip.hidden = false;
  const view = $('view-map').getBoundingClientRect();
  const offset = $('canvas').getBoundingClientRect().top - view.top;
  tip.style.left = `${Math.min(at.x + 14, view.width - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(at.y + offset + 14, view.height - tip.offsetHeight - 8)}px`;
}

function edgeTip(data) {
  const {map} = store;
  const title = data.from === undefined ? `${data.count} connections` : `${map.ends[data.from].label} → ${map.ends[data.to].label}`;
  const lines = [h('div', {}, h('b', {}, title))];
  if (data.ports) lines.push(h('div', {}, `${{gained: 'gained: ', lost: 'lost: '}[data.kind] ?? ''}${data.ports}`));
  if (data.count > 1) lines.push(h('div.soft', {}, `and ${data.count - 1} more`));
  for (const index of (data.flows ?? []).slice(0, 4)) {
    const flow = map.flows[index];
    lines.push(h('div', {}, badge(flow.state, WORD[flow.state]), ` ${flow.name} `, h('span.soft', {}, flow.contract), flow.expect === 'Blocked' ? ' must stay blocked' : ''));
  }
  return lines;
}

function nodeTip(node) {
  if (node.data('index') === undefined) {
    const folded = node.hasClass('folded');
    return [h('b', {}, `Namespace ${node.data('namespace')}`), h('div.soft', {}, node.hasClass('far') ? 'Click to come nearer' : folded ? 'Click to unfold' : 'Double-click to fold')];
  }
  const end = store.map.ends[node.data('index')];
  const isolated = (list, direction) => h('div', {}, list.length ? `${direction}: isolated by ${list.length} ${list.length === 1 ? 'policy' : 'policies'}` : `${direction}: open, no policy isolates it`);
  return [h('div', {}, h('b', {}, end.label), h('span.soft', {}, ` ${end.kind}${end.pods ? `, ${end.pods} ${end.pods === 1 ? 'pod' : 'pods'}` : ''}`)),
    end.hostNetwork ? h('div', {}, 'on the host network, where policies do not isolate') : end.namespace ? [isolated(end.ingress, 'ingress'), isolated(end.egress, 'egress')] : null].flat();
}

function toolbar() {
  const toggle = (name, text, title) => h('label', {title}, h('input', {type: 'checkbox', checked: store[name], 'data-key': name, onchange: event => {
    store[name] = event.target.checked;
    if (name === 'implied') present(store.raw);
    changed(name === 'implied' ? 'map' : 'filter');
  }}), ` ${text}`);
  const set = (chosen, key, text) => h('label', {}, h('input', {type: 'checkbox', checked: chosen.has(key), 'data-key': key, onchange: event => {
    if (event.target.checked) chosen.add(key);
    else chosen.delete(key);
    changed('filter');
  }}), ` ${text}`);
  const button = (text, onclick, title) => h('button', {type: 'button', onclick, title, 'data-key': text}, text);
  const open = [...$('toolbar').querySelectorAll('details[open]')].map(each => each.id);
  const menu = (id, summary, children) => h('details.menu', {id, open: open.includes(id)}, h('summary', {'data-key': id}, summary), h('div', {}, children));
  const folded = store.collapsed.size;
  fill($('toolbar'),
    menu('menu-namespaces', store.namespaces.size ? `Namespaces: ${[...store.namespaces].join(', ')}` : 'All namespaces', store.map.namespaces.map(({name}) => set(store.namespaces, name, name))),
    menu('menu-states', store.states.size ? `Flows: ${[...store.states].map(state => WORDS[state]).join(', ')}` : 'All flows', STATES.map(state => set(store.states, state, WORDS[state]))),
    h('label', {}, 'Port ', h('input', {type: 'text', inputmode: 'numeric', value: store.port, 'data-key': 'port', placeholder: 'any', onchange: event => {
      store.port = event.target.value.trim();
      changed('filter');
    }})),
    menu('menu-show', 'Show', [
      toggle('links', 'What policies allow', 'Everything that policies allow, declared or not'),
      toggle('undetermined', 'What they may allow', 'The API leaves it to the network plugin, or it is not known'),
      toggle('implied', 'Implied flows', 'Flows that nobody declared and that the cluster\'s own objects need, such as name resolution; broken ones are always shown'),
      toggle('blocked', 'What must stay blocked', 'Flows that are declared to stay impossible')]),
    button(folded ? 'Unfold all' : 'Fold all', () => {
      if (folded) store.collapsed.clear();
      else store.map.namespaces.forEach(({name}) => store.collapsed.add(name));
      shape = '';
      changed('filter');
    }),
    button('Fit', fit, 'Show everything (0)'),
    menu('menu-more', 'More', [
      h('label', {}, h('input', {type: 'checkbox', checked: organic, onchange: event => {
        organic = event.target.checked;
        shape = '';
        drawElements();
      }}), ' Organic layout'),
      button('Save as SVG', () => saveSvg(cy)), button('Save as PNG', () => savePng(cy))]));
}

/** The layout by forces: loaded only when it is asked for. */
async function arrangeOrganically() {
  for (const file of ['layout-base', 'cose-base', 'fcose']) await script(`lib/${file}.js`);
  if (!cy.scratch('fcose')) {
    cytoscape.use(window.cytoscapeFcose);
    cy.scratch('fcose', true);
  }
  cy.layout({name: 'fcose', randomize: false, animate: false, quality: 'default', nodeSeparation: 90, idealEdgeLength: 110, packComponents: false}).run();
  fit();
}

function script(source) {
  if (document.querySelector(`script[src="${source}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => document.head.append(h('script', {src: source, onload: resolve, onerror: reject})));
}

function legend() {
  const entry = (kind, text) => h('span', {}, h(`i.l-${kind}`, {'aria-hidden': 'true'}), text);
  fill($('legend'), entry('holds', 'declared, holds'), entry('broken', 'broken'), entry('undetermined', 'undetermined'), entry('link', 'allowed'),
    ...(store.trial ? [entry('gained', 'gained'), entry('lost', 'lost')] : []));
}

function key(event) {
  const {key} = event;
  const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[key];
  if (step) move(step);
  else if (key === 'Enter') enter();
  else if (key === 'e' || key === 'E') nextEdge(event.shiftKey ? -1 : 1);
  else if (key === 'Escape') select('');
  else if (key === '+' || key === '=') cy.zoom({level: cy.zoom() * 1.25, renderedPosition: {x: cy.width() / 2, y: cy.height() / 2}});
  else if (key === '-') cy.zoom({level: cy.zoom() / 1.25, renderedPosition: {x: cy.width() / 2, y: cy.height() / 2}});
  else if (key === '0') fit();
  else return;
  event.preventDefault();
}

function current() {
  const chosen = selectedElement();
  return chosen.nonempty() ? chosen : null;
}

/** To the nearest in that direction. */
function move([dx, dy]) {
  const nodes = cy.nodes().not('.namespace');
  let from = current();
  if (from?.isEdge()) from = from.target();
  let best = null;
  let least = Infinity;
  const at = from?.position() ?? {x: -1e9, y: -1e9};
  nodes.forEach(node => {
    if (from && node.same(from)) return;
    const x = node.position('x') - at.x;
    const y = node.position('y') - at.y;
    const along = x * dx + y * dy;
    if (from && along <= 1) return;
    const distance = from ? along + 3 * Math.abs(x * dy + y * dx) : node.position('x') + node.position('y');
    if (distance < least) [least, best] = [distance, node];
  });
  if (!best) return;
  select(best.id());
  $('canvas').focus();
  cy.animate({center: {eles: best}, duration: 120});
  announce(tell(best));
}

function tell(node) {
  const edges = node.connectedEdges('.flow');
  const count = state => edges.filter(edge => edge.data('state') === state).length;
  const states = STATES.filter(state => count(state)).map(state => `${count(state)} ${(count(state) === 1 ? WORD : WORDS)[state]}`).join(', ');
  return `${node.data('label')}${node.parent().nonempty() ? ` in ${node.parent().data('label')}` : ''}. ${states ? `Flows: ${states}` : 'No flow'}`;
}

function nextEdge(direction) {
  const chosen = current();
  if (!chosen) return;
  const node = chosen.isEdge() ? cy.getElementById(cy.scratch('node')) : chosen;
  if (node.empty()) return;
  cy.scratch('node', node.id());
  const order = {Broken: 0, Undetermined: 1};
  const edges = node.connectedEdges().toArray().sort((a, b) => (order[a.data('state')] ?? 2) - (order[b.data('state')] ?? 2) || a.id().localeCompare(b.id()));
  if (!edges.length) return;
  const place = chosen.isEdge() ? edges.findIndex(edge => edge.same(chosen)) : direction > 0 ? -1 : 0;
  const edge = edges[(place + direction + edges.length) % edges.length];
  store.selected = edge.id();
  changed('selection');
  $('canvas').focus();
  announce(`${edge.source().data('label')} to ${edge.target().data('label')}: ${edge.data('ports')}, ${WORD[edge.data('state')] ?? edge.data('kind')}`);
}

function enter() {
  const chosen = current();
  if (!chosen) return;
  if (chosen.isEdge()) openEdge(chosen);
  else if (chosen.hasClass('far')) approach(chosen);
  else if (chosen.hasClass('folded')) fold(chosen.data('namespace'));
  else {
    select(chosen.id());
    $('panel-flows').focus();
  }
}
