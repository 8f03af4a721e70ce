// One field that finds workloads, namespaces, flows and policies.

import {getObjects} from './api.js';
import {$, fill, h} from './dom.js';
import {fold, show} from './map.js';
import {openFlow} from './panels.js';
import {changed, pairText, store, WORD} from './store.js';
import {edit} from './what-if.js';

const MOST = 14;
let found = [];
let chosen = 0;
/** Policies of other kinds than NetworkPolicy, asked for when the field is first used. */
let others = {generation: -1, list: []};

export function start() {
  const input = $('search-text');
  input.addEventListener('input', look);
  input.addEventListener('focus', () => {
    look();
    find();
  });
  input.addEventListener('blur', () => setTimeout(close, 150));
  input.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % Math.max(1, found.length);
      list();
    } else if (event.key === 'Enter' && found[chosen]) {
      take(found[chosen]);
    } else if (event.key === 'Escape') {
      input.value = '';
      close();
    } else {
      return;
    }
    event.preventDefault();
  });
  addEventListener('keydown', event => {
    if (event.key === '/' && !/INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName)) {
      input.focus();
      event.preventDefault();
    }
  });
}

async function find() {
  const {generation} = store.now;
  if (others.generation === generation) return;
  others = {generation, list: (await getObjects()).filter(ref => /^\w*Policy\./.test(ref))};
  look();
}

function look() {
  const words = $('search-text').value.toLowerCase().split(/\s+/).filter(Boolean);
  const all = text => words.every(word => text.toLowerCase().includes(word));
  const {map} = store;
  if (!words.length || !map) return close();
  const policies = [...new Set(map.ends.flatMap(end => [...end.ingress, ...end.egress].filter(ref => ref.includes('/'))))];
  found = [
    ...map.namespaces.filter(({name}) => all(`namespace ${name}`)).map(({name}) => ({kind: 'Namespace', text: name, act: () => {
      store.namespaces = new Set([name]);
      store.view = 'map';
      if (store.collapsed.has(name)) fold(name);
      changed('filter', 'view');
    }})),
    ...map.ends.filter(end => all(`${end.kind} ${end.label}`)).map(end => ({kind: end.kind, text: end.label, act: () => {
      store.view = 'map';
      changed('view');
      show(end.id);
    }})),
    ...map.flows.filter(flow => all(`${flow.name} ${flow.contract} ${pairText(flow)} ${flow.state}`)).map(flow => ({kind: `Flow, ${WORD[flow.state]}`, text: `${flow.name}: ${pairText(flow)}`, act: () => openFlow(flow)})),
    ...policies.filter(ref => all(`networkpolicy policy ${ref}`)).map(ref => ({kind: 'NetworkPolicy', text: ref, act: () => {
      const end = map.ends.find(each => each.ingress.includes(ref) || each.egress.includes(ref));
      store.view = 'map';
      changed('view');
      show(end.id);
    }})),
    ...others.list.filter(ref => all(`policy ${ref}`)).map(ref => ({kind: ref.split('/')[0], text: ref.split('/').slice(1).join('/'), act: () => edit(ref)})),
  ].slice(0, MOST);
  chosen = 0;
  list();
}

function list() {
  const input = $('search-text');
  $('search-results').hidden = false;
  input.setAttribute('aria-expanded', 'true');
  fill($('search-results'), found.length
    ? found.map((each, index) => h('li', {id: `found-${index}`, role: 'option', 'aria-selected': String(index === chosen), onmousedown: () => take(each)}, `${each.text} `, h('small', {}, each.kind)))
    : [h('li', {role: 'option', 'aria-selected': 'false'}, h('small', {}, 'Nothing found'))]);
  if (found.length) input.setAttribute('aria-activedescendant', `found-${chosen}`);
}

function take(each) {
  close();
  $('search-text').value = '';
  each.act();
}

function close() {
  $('search-results').hidden = true;
  $('search-text').setAttribute('aria-expanded', 'false');
  $('search-text').removeAttribute('aria-activedescendant');
}
