// The flows as a table, by state.

import {$, badge, fill, h} from './dom.js';
import {openFlow} from './panels.js';
import {changed, cutText, pairText, present, STATES, store, WORD, WORDS} from './store.js';

let sortedBy = 'state';

const COLUMNS = {
  state: ['State', flow => STATES.indexOf(flow.state)],
  flow: ['Flow', flow => flow.name],
  pair: ['From and to', flow => pairText(flow)],
  contract: ['Declared by', flow => flow.contract],
  enforcement: ['A breaking change is', flow => flow.enforcement],
  since: ['Since', flow => flow.since],
};
const ENFORCED = {Deny: 'refused', Warn: 'warned about', Audit: 'recorded'};

export function draw(what) {
  if (store.view !== 'contracts' || !['map', 'view', 'filter', 'trial'].some(each => what.has(each))) return;
  const {flows} = store.map;
  const shown = flows.filter(flow => !store.states.size || store.states.has(flow.state)).filter(flow => !store.namespaces.size || store.namespaces.has(flow.namespace));
  const [, by] = COLUMNS[sortedBy];
  shown.sort((a, b) => by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : STATES.indexOf(a.state) - STATES.indexOf(b.state));
  fill($('view-contracts'), h('h2', {}, `${shown.length} of ${flows.length} flows`),
    h('div.row', {}, STATES.filter(state => flows.some(flow => flow.state === state)).map(state => h(`button.chip.${state}`, {type: 'button', 'data-key': `state-${state}`, 'aria-pressed': String(store.states.has(state)), onclick: () => {
      if (!store.states.delete(state)) store.states.add(state);
      changed('filter');
    }}, WORDS[state]))),
    h('label', {}, h('input', {type: 'checkbox', checked: store.implied, 'data-key': 'implied', onchange: event => {
      store.implied = event.target.checked;
      present(store.raw);
      changed('map');
    }}), ' Show implied flows too: nobody declared them, and the cluster\'s own objects need them'),
    h('table', {}, h('thead', {}, h('tr', {}, Object.entries(COLUMNS).map(([name, [title]]) => h('th', {scope: 'col', 'aria-sort': name === sortedBy ? 'ascending' : 'none'}, h('button.plain', {type: 'button', 'data-key': `sort-${name}`, onclick: () => {
      sortedBy = name;
      changed('filter');
    }}, title))))),
    h('tbody', {}, shown.slice(0, 2000).map(row))),
    shown.length > 2000 ? h('p.soft', {}, `and ${shown.length - 2000} more; choose states or namespaces`) : null);
}

function row(flow) {
  return h('tr', {}, h('td', {}, badge(flow.state, WORD[flow.state]), flow.amiss ? h('div.soft', {}, `${flow.amiss} of ${flow.pairs}`) : null),
    h('td', {}, h('button.plain', {type: 'button', 'data-key': flow.key, onclick: () => openFlow(flow)}, flow.name), flow.because.map(line => h('div.because', {}, line))),
    h('td', {}, flow.edges.length ? pairText(flow) : '', flow.expect === 'Blocked' ? h('div.soft', {}, 'must stay blocked') : null, flow.cut ? h('div.soft', {}, cutText(flow)) : null),
    h('td', {}, flow.contract, flow.implied ? h('div.soft', {}, 'implied: nobody declared it') : null), h('td', {}, ENFORCED[flow.enforcement] ?? flow.enforcement),
    h('td', {}, flow.since ? [h('time', {datetime: flow.since}, new Date(flow.since).toLocaleString()), h('div.soft', {}, flow.by ? `by ${flow.by}` : '')] : h('span.soft', {}, 'before this page')));
}
