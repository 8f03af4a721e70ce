// Why one end can, or cannot, reach another.

import {explain} from './api.js';
import {$, announce, badge, copyButton, fill, h} from './dom.js';
import {changed, store} from './store.js';
import {tryText} from './what-if.js';
import {yaml} from './yaml.js';

let asked = 0;
/** Whom one may ask about, and of which map. */
const names = h('datalist', {id: 'ends'});
let known;

export function draw(what) {
  if (what.has('question') || what.has('map')) form();
  if ((what.has('question') || what.has('map') || what.has('panel')) && store.panel === 'why') answer();
}

function form() {
  const field = (name, text, placeholder, list) => h('label', {}, text, h('input', {type: 'text', name, 'data-key': name, value: store.question[name], placeholder, list, autocomplete: 'off', spellcheck: 'false'}));
  const holder = $('panel-why').querySelector('.answer') ?? h('div.answer');
  if (known !== store.now) {
    known = store.now;
    fill(names, store.now.ends.slice(0, 3000).map(end => h('option', {value: end.id})));
  }
  fill($('panel-why'),
    h('form.ask', {onsubmit: event => {
      event.preventDefault();
      const data = new FormData(event.target);
      store.flow = '';
      store.question = {from: data.get('from').trim(), to: data.get('to').trim(), port: data.get('port').trim()};
      changed('question', 'selection');
    }}, field('from', 'From', 'shop/checkout', 'ends'), field('to', 'To', 'svc/shop/orders', 'ends'), field('port', 'Port', '8080/TCP'), h('button', {}, 'Ask why')),
    names, holder);
}

async function answer() {
  const holder = $('panel-why').querySelector('.answer');
  const {from, to, port} = store.question;
  if (!from || !to) {
    fill(holder, h('p.soft', {}, 'Click a connection on the map, choose a flow, or say who is to reach whom: a workload as shop/checkout, a Service as svc/shop/orders, or an address.'));
    return;
  }
  const number = ++asked;
  try {
    const explanation = await explain(from, to, port, store.trial?.state ?? 'now');
    if (number !== asked) return;
    fill(holder, ...view(explanation));
    announce(`${explanation.verdict}: ${from} to ${to} ${port}`);
  } catch (failure) {
    if (number === asked) fill(holder, h('p.error', {role: 'alert'}, failure.message));
  }
}

function view(explanation) {
  const flow = store.map.flows.find(each => each.key === store.flow);
  const {repair} = explanation;
  return [
    flow ? h('p', {}, badge(flow.state, WORDS_OF[flow.state]), ` ${flow.name} `, h('span.soft', {}, `${flow.contract}${flow.expect === 'Blocked' ? '; it must stay blocked' : ''}`)) : null,
    explanation.notes.map(note => h('p.soft', {}, note)),
    explanation.traces.slice(0, 1).flatMap(verdictOf),
    ...nearMisses(explanation),
    repair.forbidden ? h('p.almost', {}, `No repair is offered: ${repair.forbidden}`) : null,
    repair.steps.length ? remedy(repair) : null,
    explanation.traces.flatMap((each, index) => [...(index ? verdictOf(each) : []), h('div.sides', {}, each.sides.map(side))]),
    h('details', {}, h('summary', {}, 'As text'), h('pre.text', {tabindex: '0', role: 'group', 'aria-label': 'The explanation as text'}, explanation.text.join('\n'))),
  ];
}

const WORDS_OF = {Broken: 'broken', Satisfied: 'holds', Undetermined: 'undetermined', Unbound: 'unbound', Unenforced: 'unenforced'};

/** What nearly would have let it through, said before everything else. */
function nearMisses(explanation) {
  const said = new Set(explanation.traces.flatMap(each => each.sides.flatMap(of => of.nearMisses.map(miss => miss.message))));
  return [...said].map(message => h('div.almost', {}, message));
}

function verdictOf(each) {
  const closed = each.sides.filter(of => of.verdict !== 'Allowed');
  return [
    h('div.verdict', {}, badge(each.verdict), h('b', {}, `${each.from} → ${each.to} : ${each.port}`), h('span.soft', {}, each.through ? `through ${each.through}` : '', each.family === 'IPv6' ? ', over IPv6' : '')),
    each.because ? h('p', {}, `because ${each.because}`) : null,
    closed.map(of => h('p', {}, `${of.says[0].toUpperCase()}${of.says.slice(1)}.`)),
  ];
}

function side(each) {
  return h(`section.side.is-${each.verdict}`, {'aria-label': `${each.direction} of ${each.subject}`},
    h('h3', {}, `${each.direction === 'egress' ? 'Egress' : 'Ingress'} of ${each.subject} `, badge(each.verdict, each.verdict === 'Allowed' ? 'open' : each.verdict.toLowerCase())),
    h('p.soft', {}, each.says.replace(/^[^:]*: /, '')),
    each.order.length ? h('pre.text', {tabindex: '0', role: 'group', 'aria-label': 'What was asked in turn'}, each.order.join('\n')) : null,
    each.policies.map(policy => policyView(policy, each)));
}

/** What becomes of traffic that a rule matches. */
const DOES = {Allow: {mark: 'yes', badge: ['Allowed', 'lets it through']}, Deny: {mark: 'deny', badge: ['Blocked', 'keeps it out']}, Pass: {mark: 'pass', badge: ['Undetermined', 'passes it on']}};

function policyView(policy, of) {
  const near = of.nearMisses.filter(miss => miss.policy === policy.ref && policy.kind === 'NetworkPolicy');
  const matching = policy.rules.filter(rule => rule.matches === 'yes');
  const marks = [
    ...policy.rules.map(rule => ({first: rule.firstLine, last: rule.lastLine, mark: rule.matches === 'yes' ? DOES[rule.action].mark : 'no'})),
    ...near.map(miss => ({first: miss.firstLine, last: miss.lastLine, mark: 'almost-line'})),
  ];
  const rules = of.verdict === 'Allowed' && matching.length ? matching : policy.rules;
  const summary = matching.length ? badge(...DOES[matching[0].action].badge) : h('span.soft', {}, policy.note || 'no rule matches');
  return h('details.policy', {open: near.length > 0 || matching.some(rule => (rule.action === 'Allow') === (of.verdict === 'Allowed'))},
    h('summary', {}, policy.kind === 'NetworkPolicy' ? '' : `${policy.kind} `, policy.ref, ' ', summary),
    rules.map(rule => h('div.rule', {}, h('b', {}, rule.matches === 'yes' ? '✓ ' : rule.matches === 'no' ? '✗ ' : '? '), rule.says, rule.misses.length ? h('ul', {}, rule.misses.map(miss => h('li', {}, miss))) : null)),
    policy.yaml ? yaml(policy.yaml, marks, `${policy.kind} ${policy.ref}`) : null);
}

function remedy(repair) {
  return h('section.repair', {'aria-label': 'Repair'}, h('h3', {}, 'What would let it through'),
    h('p.soft', {}, 'The engine has judged it: the traffic gets through with it, and nothing else is opened.'),
    repair.steps.map(step => h('p', {}, step)),
    h('div.buttons', {}, copyButton(repair.yaml, 'Copy YAML'), h('button.main', {type: 'button', 'data-key': 'try', onclick: () => tryText(repair.yaml)}, 'Try it')),
    h('details', {}, h('summary', {}, 'YAML, for kubectl apply -f -'), yaml(repair.yaml, [], 'Repaired policies')));
}
