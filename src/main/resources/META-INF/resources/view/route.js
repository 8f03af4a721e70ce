// What is shown stands in the address behind the #, so that it can be kept, sent and gone back to.

import {changed, store} from './store.js';

const VIEWS = ['map', 'contracts', 'matrix', 'coverage', 'decisions'];
const PANELS = ['flows', 'why', 'what-if'];
let writing = false;

export function read() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const list = name => new Set((parameters.get(name) ?? '').split(',').filter(Boolean));
  store.view = VIEWS.includes(parameters.get('view')) ? parameters.get('view') : 'map';
  store.panel = PANELS.includes(parameters.get('panel')) ? parameters.get('panel') : 'flows';
  store.namespaces = list('ns');
  store.states = list('state');
  store.port = parameters.get('ports') ?? '';
  store.selected = parameters.get('at') ?? '';
  store.flow = parameters.get('flow') ?? '';
  store.question = {from: parameters.get('from') ?? '', to: parameters.get('to') ?? '', port: parameters.get('port') ?? ''};
}

export function write() {
  const parameters = new URLSearchParams();
  const put = (name, value) => value && parameters.set(name, value);
  put('view', store.view === 'map' ? '' : store.view);
  put('panel', store.panel === 'flows' ? '' : store.panel);
  put('ns', [...store.namespaces].join(','));
  put('state', [...store.states].join(','));
  put('ports', store.port);
  put('at', store.selected);
  put('flow', store.flow);
  if (store.panel === 'why') {
    put('from', store.question.from);
    put('to', store.question.to);
    put('port', store.question.port);
  }
  const hash = parameters.toString().replaceAll('%2F', '/');
  if (hash === location.hash.slice(1)) return;
  writing = true;
  location.hash = hash;
}

export function start() {
  addEventListener('hashchange', () => {
    if (writing) {
      writing = false;
      return;
    }
    read();
    changed('view', 'panel', 'filter', 'selection', 'question');
  });
}
