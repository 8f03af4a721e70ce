// Why one end can, or cannot, reach another.

import {explain} from './api.js';
import {$, announce, badge, copyButton, fill, h} from './dom.js';
import {changed, store, WORD} from './store.js';
import {tryText} from './what-if.js';
import {documents, yaml} from './yaml.js';

let asked = 0;
/** Whom one may ask about, and of which map. */
const names = h('datalist', {id: 'ends'});
let known;

export function draw(what) {
  if (what.has('question')) form();
  if (store.panel === 'why' && known !== store.now) {
    known = store.now;
    fill(names, store.now.ends.slice(0, 3000).map(end => h('option', {value: end.id})));
  }
  if ((what.has('question') || what.has('map') || what.has('panel')) && store.panel === 'why') answer();
}

function form() {
  const field = (name, text, placeholder, list) => h('label', {}, text, h('input', {type: 'text', name, 'data-key': name, value: store.question[name], placeholder, list, autocomplete: 'off', spellcheck: 'false'}));
  const holder = $('panel-why').querySelector('.answer') ?? h('div.answer');
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
    flow ? h('p', {}, badge(flow.state, WORD[flow.state]), ` ${flow.name} `, h('span.soft', {}, `${flow.contract}${flow.expect === 'Blocked' ? '; it must stay blocked' : ''}`)) : null,
    explanation.notes.map(note => h('p.soft', {}, note)),
    explanation.traces.slice(0, 1).flatMap(verdictOf),
    ...nearMisses(explanation),
    repair.forbidden ? h('p.almost', {}, `No repair is offered: ${repair.forbidden}`) : null,
    repair.steps.length ? remedy(repair, explanation) : null,
    explanation.traces.flatMap((each, index) => [...(index ? verdictOf(each) : []), h('div.sides', {}, each.sides.map(side))]),
    h('details', {}, h('summary', {}, 'As text'), h('pre.text', {tabindex: '0', role: 'group', 'aria-label': 'The explanation as text'}, explanation.text.join('\n'))),
  ];
}

/** What nearly would have let it through, said before everything else; a slip of the pen can be corrected on the spot. */
function nearMisses(explanation) {
  const misses = new Map(explanation.traces.flatMap(each => each.sides.flatMap(of => of.nearMisses.map(miss => [miss.message, miss]))));
  return [...misses.values()].map(({message, corrected}) => h('div.almost', {}, message, corrected ? [' ', h('button', {type: 'button', 'data-key': `correct ${message}`, onclick: () => tryText(corrected)}, 'Correct it there')] : null));
}

function verdictOf(each) {
  const closed = each.sides.filter(of => of.verdict !== 'Allowed');
  return [
    h('div.verdict', {}, badge(each.verdict), h('b', {}, `${each.from} → ${each.to} : ${each.port}`), h('span.soft', {}, each.through ? `through ${each.through}` : '', each.family === 'IPv6' ? ', over IPv6' : '')),
    each.because ? h('p', {}, `because ${each.because}`) : null,
    closed.map(of => h('p', {}, `${sentence(of)}.`)),
  ];
}

const capital = text => text[0].toUpperCase() + text.slice(1);

/** What is said of a side; where policies of several kinds were asked in turn, what the last of them did. */
function sentence(of) {
  const last = of.order.filter(line => !line.startsWith(' ')).at(-1);
  return last ? `${capital(of.direction)} of ${of.subject}: ${of.verdict.toLowerCase()}; ${last}` : capital(of.says);
}

const MEANS = {egress: 'Egress is what it may send', ingress: 'Ingress is what may reach it'};

function side(each) {
  return h(`section.side.is-${each.verdict}`, {'aria-label': `${each.direction} of ${each.subject}`},
    h('h3', {}, `${capital(each.direction)} of ${each.subject} `, badge(each.verdict, each.verdict === 'Allowed' ? 'open' : each.verdict.toLowerCase())),
    h('p.soft', {}, `${MEANS[each.direction]}: ${each.order.length ? 'these were asked in turn' : each.says.replace(/^[^:]*: /, '')}.`),
    each.order.length ? h('pre.text', {tabindex: '0', role: 'group', 'aria-label': 'What was asked in turn'}, each.order.join('\n')) : null,
    inOrder(each).map(policy => policyView(policy, each)),
    notAsked(each));
}

/** What is nearly meant and what matches come first, where policies stand beside each other and not behind each other. */
function inOrder(each) {
  if (each.order.length) return each.policies;
  const weight = policy => each.nearMisses.some(miss => miss.object === policy.object) ? 0 : policy.rules.some(rule => rule.matches === 'yes') ? 1 : policy.rules.length ? 2 : 3;
  return [...each.policies].sort((a, b) => weight(a) - weight(b));
}

/** Policies that nearly do, but do not select these pods. */
function notAsked(each) {
  const asked = new Set(each.policies.map(policy => policy.object));
  const others = new Map();
  for (const miss of each.nearMisses) if (miss.yaml && !asked.has(miss.object)) (others.get(miss.object) ?? others.set(miss.object, []).get(miss.object)).push(miss);
  return [...others.values()].map(misses => h('details.policy', {open: true}, h('summary', {}, misses[0].policy, ' ', h('span.soft', {}, 'does not select these pods')),
    yaml(misses[0].yaml, misses.map(almost), misses[0].policy)));
}

const almost = miss => ({first: miss.firstLine, last: miss.lastLine, mark: 'almost-line'});

/** What becomes of traffic that a rule matches. */
const DOES = {Allow: {mark: 'yes', badge: ['Allowed', 'lets it through']}, Deny: {mark: 'deny', badge: ['Blocked', 'keeps it out']}, Pass: {mark: 'pass', badge: ['Undetermined', 'passes it on']}};

function policyView(policy, of) {
  const near = of.nearMisses.filter(miss => miss.object === policy.object);
  const matching = policy.rules.filter(rule => rule.matches === 'yes');
  const marks = [
    ...policy.rules.map(rule => ({first: rule.firstLine, last: rule.lastLine, mark: rule.matches === 'yes' ? DOES[rule.action].mark : 'no'})),
    ...near.map(almost),
  ];
  const rules = of.verdict === 'Allowed' && matching.length ? matching : policy.rules;
  const summary = matching.length ? badge(...DOES[matching[0].action].badge) : h('span.soft', {}, policy.note || 'no rule matches');
  return h('details.policy', {open: near.length > 0 || matching.some(rule => rule.action === (of.verdict === 'Allowed' ? 'Allow' : 'Deny'))},
    h('summary', {}, policy.kind === 'NetworkPolicy' ? '' : `${policy.kind} `, policy.ref, ' ', summary),
    rules.map(rule => h('div.rule', {}, h('b', {}, rule.matches === 'yes' ? '✓ ' : rule.matches === 'no' ? '✗ ' : '? '), rule.says, rule.misses.length ? h('ul', {}, rule.misses.map(miss => h('li', {}, miss))) : null)),
    policy.yaml ? yaml(policy.yaml, marks, `${policy.kind} ${policy.ref}`) : null);
}

function remedy(repair, explanation) {
  const known = new Map(explanation.traces.flatMap(each => each.sides).flatMap(of => of.policies).map(policy => policy.yaml).filter(Boolean).map(text => [documents(text)[0].key, text]));
  const of = document => yaml(document.text, added(known.get(document.key) ?? '', document.text), `Repaired ${document.key}`);
  return h('section.repair', {'aria-label': 'Repair'}, h('h3', {}, 'What would let it through'),
    h('p.soft', {}, 'The engine has judged it: the traffic gets through with it, and nothing else is opened.'),
    repair.steps.map(step => h('p', {}, `${capital(step)}.`)),
    h('div.buttons', {}, h('button.main', {type: 'button', 'data-key': 'try', onclick: () => tryText(repair.yaml)}, 'Try it'), copyButton(repair.yaml, 'Copy YAML')),
    h('details', {open: true}, h('summary', {}, 'The YAML with it: what is new is green'), documents(repair.yaml).map(of)));
}

/** The lines that are there now and were not. */
function added(before, after) {
  const [old, now] = [before, after].map(text => text.trimEnd().split('\n'));
  let first = 0;
  while (first < now.length && now[first] === old[first]) first++;
  let end = 0;
  while (end < now.length - first && end < old.length - first && now.at(-1 - end) === old.at(-1 - end)) end++;
  return first < now.length - end ? [{first: first + 1, last: now.length - end, mark: 'added'}] : [];
}
