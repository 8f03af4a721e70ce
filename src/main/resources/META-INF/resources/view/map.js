// The map: Cytoscape draws, this decides what.

import cytoscape from './lib/cytoscape.js';
import {$, h} from './dom.js';
import {elements, nodeOf} from './edges.js';
import {places} from './layout.js';
import {changed, endOf, store} from './store.js';
import {mapStyle} from './style.js';

/** From so many workloads on namespaces are folded at first. */
const FOLD_FROM = 60;
/** From so many edges on they are drawn plainly. */
const MANY_EDGES = 1_500;
/** From so many edges on a picture of the map is moved, and all is drawn again when it comes to rest. */
const MOVED_AS_PICTURE = 300;
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
/** What is drawn, by id, and of which ends: what is the same again is not touched. */
let drawn = new Map();
let drawnEnds = [];

/** @returns the map */
export function start() {
  cy = cytoscape({container: $('canvas'), elements: [], style: mapStyle(false), minZoom: 0.02, maxZoom: 4, boxSelectionEnabled: false, autounselectify: true, pixelRatio: 'auto'});
  window.flowguardMap = cy;
  cy.on('viewport', () => {
    clearTimeout(looking);
    if (detail) looking = setTimeout(look, 140);
  });
  let moved = false;
  cy.on('dragpan scrollzoom pinchzoom', () => { moved = true; });
  new ResizeObserver(() => {
    cy.resize();
    if (!moved) fit();
  }).observe($('canvas'));
  return cy;
}

function look() {
  if (!detail) return;
  drawDetail();
  mark();
}

/** Folds what is too much to be looked at. */
export function foldAtFirst(map) {
  if (map.ends.length > FOLD_FROM) map.namespaces.forEach(({name}) => store.collapsed.add(name));
}

export function draw(what) {
  if (what.has('theme')) cy.style(mapStyle(many));
  if (what.has('map') || what.has('filter') || what.has('trial') || (what.has('selection') && store.flow)) drawElements(what.has('filter'));
  if (detail && what.has('selection')) drawDetail();
  mark();
}

function drawElements(filtered) {
  if (detail && !filtered && hasSameEnds() && drawDetail(true)) return;
  store.far = new Set();
  const {nodes, edges} = elements();
  const key = nodes.map(node => node.data.id).join('|');
  const isNew = key !== shape;
  shape = key;
  if (isNew) drawn = new Map();
  if (nodes.length > TOO_MANY_NODES) {
    if (isNew || !detail) detail = surveyed(places(nodes, edges, aspect()));
    if (isNew) {
      cy.resize();
      fit();
    }
    drawDetail(true);
  } else {
    detail = null;
    const spots = isNew ? places(nodes, edges, aspect()).spots : new Map(cy.nodes().map(node => [node.id(), {...node.position()}]));
    for (const node of nodes) if (spots.has(node.data.id)) node.position = spots.get(node.data.id);
    replace(nodes, edges);
    if (isNew) {
      cy.resize();
      fit();
    }
    if (organic) arrangeOrganically();
  }
}

const aspect = () => cy.width() / Math.max(1, cy.height());

const hasSameEnds = () => store.map.ends.length === drawnEnds.length && store.map.ends.every((end, index) => end.id === drawnEnds[index].id);

/** Where everything stands, and how far all of it reaches. */
function surveyed({spots, boxes}) {
  const all = [...boxes.values()];
  const edge = (axis, size, sign) => all.map(box => box[axis] + sign * box[size] / 2);
  const extent = {x1: Math.min(...edge('x', 'width', -1)), x2: Math.max(...edge('x', 'width', 1)), y1: Math.min(...edge('y', 'height', -1)), y2: Math.max(...edge('y', 'height', 1))};
  return {spots, boxes, extent, open: null};
}

/**
 * Draws the workloads of the namespaces in sight where these are few enough to be read, and of all others only a box.
 *
 * @param anew also where the same namespaces are in sight
 * @returns false, and nothing is drawn, where somebody is to be drawn of whom it is not known where
 */
function drawDetail(anew = false) {
  const {x1, x2, y1, y2} = cy.extent();
  const inSight = ({x, y, width, height}) => x + width / 2 > x1 && x - width / 2 < x2 && y + height / 2 > y1 && y - height / 2 < y2;
  const near = [...detail.boxes].filter(([, box]) => inSight(box));
  const open = near.reduce((sum, [, box]) => sum + box.members, 0) <= CLOSE ? new Set(near.map(([id]) => id)) : new Set();
  const index = endOf(store.selected);
  if (index >= 0) open.add(`ns:${store.map.ends[index].namespace}`);
  const key = [...open].sort().join('|');
  if (!anew && key === detail.open) return true;
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
      if (!node.position && node.classes !== 'namespace') return false;
    }
  }
  replace(nodes, edges);
  return true;
}

function replace(nodes, edges) {
  const wanted = new Map([...nodes, ...edges].map(each => [each.data.id, each]));
  const isMany = edges.length > MANY_EDGES;
  const isStyled = isMany === many && drawn.size > 0;
  if (!isStyled) {
    many = isMany;
    cy.style(mapStyle(many));
  }
  cy.renderer().textureOnViewport = edges.length > MOVED_AS_PICTURE;
  cy.batch(() => {
    if (isStyled && hasSameNodes(wanted)) patch(wanted);
    else {
      cy.elements().remove();
      cy.add([...wanted.values()]);
    }
  });
  drawn = wanted;
  drawnEnds = store.map.ends;
}

/** Whether the same are drawn: then only what they look like, and what is between them, can differ. */
function hasSameNodes(wanted) {
  const nodes = list => [...list.values()].filter(each => each.group === 'nodes').map(({data}) => [data.id, data.parent].join('|'));
  const were = new Set(nodes(drawn));
  const are = nodes(wanted);
  return were.size === are.length && are.every(node => were.has(node));
}

/** Touches only what differs. */
function patch(wanted) {
  for (const [id, {group}] of drawn) if (group === 'edges' && !wanted.has(id)) cy.getElementById(id).remove();
  for (const [id, is] of wanted) {
    const was = drawn.get(id);
    if (!was) cy.add(is);
    else if (!isSame(was, is)) cy.getElementById(id).data({...is.data}).classes(is.classes);
  }
}

const isSame = (was, is) => was.classes === is.classes && Object.entries(is.data).every(([key, value]) => value === was.data[key] || Array.isArray(value) && String(value) === String(was.data[key]));

export function fit() {
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

export function ask(from, to, port) {
  store.question = {from, to, port};
  store.panel = 'why';
  changed('selection', 'panel', 'question');
}

/** Folds all namespaces, or unfolds them. */
export function foldAll(folded) {
  if (folded) store.map.namespaces.forEach(({name}) => store.collapsed.add(name));
  else store.collapsed.clear();
  shape = '';
  changed('filter');
}

export const isOrganic = () => organic;

/** @param byForces else who sends is left of who is reached */
export function arrange(byForces) {
  organic = byForces;
  shape = '';
  changed('filter');
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
  const node = cy.getElementById(`end:${id}`);
  if (node.nonempty()) cy.animate({center: {eles: node}, zoom: Math.max(cy.zoom(), 0.8), duration: 200});
}

/** What is chosen, as it is drawn: an edge or a node, or nothing. */
export function chosenOn() {
  if (!store.selected) return cy.collection();
  const direct = cy.getElementById(store.selected);
  if (direct.nonempty()) return direct;
  const index = endOf(store.selected);
  return index < 0 ? cy.collection() : cy.getElementById(nodeOf(index));
}

function mark() {
  cy.batch(() => {
    cy.elements().removeClass('dim at near');
    const chosen = chosenOn();
    if (store.flow && store.panel !== 'flows') {
      const edges = cy.edges().filter(edge => edge.data('flows')?.includes(store.flow));
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
