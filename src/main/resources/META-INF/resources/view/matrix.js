// Who reaches whom, for those who scan: namespaces or workloads, ports in the cells.

import {$, fill, h} from './dom.js';
import {firstPort} from './edges.js';
import {ask} from './map.js';
import {changed, store} from './store.js';

const MOST = 80;
let level = 'namespaces';

export function draw(what) {
  if (store.view !== 'matrix' || !['map', 'view', 'filter', 'trial'].some(each => what.has(each))) return;
  const {map} = store;
  const all = level === 'namespaces' ? namespaces(map) : workloads(map);
  const axis = all.axis.slice(0, MOST);
  const pick = (name, text) => h('label', {}, h('input', {type: 'radio', name: 'level', value: name, checked: level === name, 'data-key': name, onchange: () => {
    level = name;
    changed('filter');
  }}), ` ${text}`);
  fill($('view-matrix'), h('h2', {}, 'Rows send, columns are reached'),
    h('div.row', {role: 'group', 'aria-label': 'What the rows and columns are'}, pick('namespaces', 'Namespaces'), pick('workloads', 'Workloads'),
      store.namespaces.size ? h('button', {type: 'button', onclick: () => {
        store.namespaces.clear();
        changed('filter');
      }}, `Only ${[...store.namespaces].join(', ')}: show all`) : null),
    axis.length < all.axis.length ? h('p.soft', {}, `The first ${MOST} of ${all.axis.length}; choose namespaces on the map, or search for one, to see others.`) : null,
    h('table.matrix', {}, h('thead', {}, h('tr', {}, h('td'), axis.map(name => h('th', {scope: 'col'}, all.label(name))))),
      h('tbody', {}, axis.map(from => h('tr', {}, h('th', {scope: 'row'}, all.label(from)), axis.map(to => all.cell(from, to)))))));
}

const shown = end => !store.namespaces.size || !end.namespace || store.namespaces.has(end.namespace);

function namespaces(map) {
  const cells = new Map();
  const put = (key, words, count = 1) => {
    const cell = cells.get(key) ?? cells.set(key, {count: 0, words: new Map()}).get(key);
    cell.count += count;
    if (words) cell.words.set(words, (cell.words.get(words) ?? 0) + 1);
  };
  const name = end => end.namespace || 'outside';
  for (const link of map.links) if (link.allowed) put(`${name(map.ends[link.from])}>${name(map.ends[link.to])}`, link.allowed);
  for (const bundle of map.bundles) put([bundle.from, bundle.to].map(place => map.namespaces[place]?.name ?? 'outside').join('>'), '', bundle.links);
  const axis = [...map.namespaces.map(each => each.name).filter(each => !store.namespaces.size || store.namespaces.has(each)), 'outside'];
  return {axis, label: each => each, cell: (from, to) => {
    const cell = cells.get(`${from}>${to}`);
    if (!cell) return h('td', {'aria-label': `${from} to ${to}: nothing`});
    const words = [...cell.words.keys()];
    const text = words.length === 1 ? words[0] : words.length ? `${words.slice(0, 2).join(', ')}${words.length > 2 ? '…' : ''}` : '';
    return h(`td.${words.includes('everything') ? 'all' : 'some'}`, {}, h('button.plain', {type: 'button', title: `${cell.count} connections: ${words.join('; ')}`, onclick: () => {
      store.namespaces = new Set([from, to].filter(each => each !== 'outside'));
      level = 'workloads';
      changed('filter');
    }}, text || String(cell.count)));
  }};
}

function workloads(map) {
  const cells = new Map(map.links.map(link => [`${link.from}>${link.to}`, link]));
  const axis = map.ends.map((end, index) => index).filter(index => shown(map.ends[index]));
  return {axis, label: index => map.ends[index].label, cell: (from, to) => {
    const link = cells.get(`${from}>${to}`);
    if (!link?.allowed) return h('td', {'aria-label': `${map.ends[from].label} to ${map.ends[to].label}: ${link?.undetermined ? 'undetermined' : 'nothing'}`}, link?.undetermined ? '?' : '');
    return h(`td.${link.allowed === 'everything' ? 'all' : 'some'}`, {}, h('button.plain', {type: 'button', title: `${map.ends[from].label} → ${map.ends[to].label}`, onclick: () => ask(map.ends[from].id, map.ends[to].id, firstPort(link.allowed))}, link.allowed));
  }};
}
