// How people go about on the map: by pointing, clicking and with the keyboard.

import {$, announce, badge, fill, h} from './dom.js';
import {ask, chosenOn, fit, fold, select} from './map.js';
import {changed, STATES, store, WORD, WORDS} from './store.js';

/** The map, and the node whose edges are gone through. */
let cy;
let left = '';

export function start(map) {
  cy = map;
  cy.on('tap', event => event.target === cy ? select('') : tapped(event.target));
  cy.on('dbltap', 'node.namespace', event => fold(event.target.data('namespace')));
  cy.on('mouseover', 'node, edge', event => hover(event.target, event.renderedPosition));
  cy.on('mouseout pan zoom', () => hover(null));
  $('canvas').addEventListener('keydown', key);
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
  store.flow = data.flows ? data.flows[0] : '';
  store.selected = edge.id();
  ask(from.id, to.id, data.port);
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
  for (const flow of map.flows.filter(each => data.flows?.includes(each.key)).slice(0, 4)) {
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
  const chosen = chosenOn();
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
  const node = chosen.isEdge() ? cy.getElementById(left) : chosen;
  if (node.empty()) return;
  left = node.id();
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
