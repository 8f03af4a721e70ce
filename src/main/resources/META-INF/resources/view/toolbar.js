// What the map shows, and what its lines mean.

import {$, fill, h} from './dom.js';
import {savePng, saveSvg} from './export.js';
import {arrange, fit, foldAll, isOrganic} from './map.js';
import {changed, present, STATES, store, WORDS} from './store.js';

/** What stood behind what is shown, so that it is left alone, and whoever is about to use it too, while that is the same. */
let shown = '';
let cy;

export function start(map) {
  cy = map;
}

export function draw(what) {
  if (!['map', 'filter', 'trial'].some(each => what.has(each))) return;
  legend();
  const {map, namespaces, states, port, links, undetermined, implied, blocked, collapsed} = store;
  const now = JSON.stringify([map.namespaces.map(({name}) => name), [...namespaces], [...states], port, links, undetermined, implied, blocked, collapsed.size > 0]);
  if (now === shown) return;
  shown = now;
  toolbar();
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
  const folded = store.collapsed.size > 0;
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
    button(folded ? 'Unfold all' : 'Fold all', () => foldAll(!folded)),
    button('Fit', fit, 'Show everything (0)'),
    menu('menu-more', 'More', [
      h('label', {}, h('input', {type: 'checkbox', checked: isOrganic(), onchange: event => arrange(event.target.checked)}), ' Organic layout'),
      button('Save as SVG', () => saveSvg(cy)), button('Save as PNG', () => savePng(cy))]));
}

function legend() {
  const entry = (kind, text) => h('span', {}, h(`i.l-${kind}`, {'aria-hidden': 'true'}), text);
  fill($('legend'), entry('holds', 'declared, holds'), entry('broken', 'broken'), entry('undetermined', 'undetermined'), entry('link', 'allowed'),
    ...(store.trial ? [entry('gained', 'gained'), entry('lost', 'lost')] : []));
}

