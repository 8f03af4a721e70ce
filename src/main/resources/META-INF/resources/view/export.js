// The map as a picture: PNG as it is drawn, SVG made from the same places, with text that stays text.

import {save} from './dom.js';
import {colour} from './style.js';

const escaped = text => String(text).replace(/[&<>"]/g, sign => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'})[sign]);
const number = value => Math.round(value * 10) / 10;

export async function savePng(cy) {
  save('flowguard.png', await cy.png({output: 'blob-promise', full: true, scale: 2, bg: colour('ground'), maxWidth: 8000, maxHeight: 8000}));
}

export function saveSvg(cy) {
  save('flowguard.svg', new Blob([svg(cy)], {type: 'image/svg+xml'}));
}

export function svg(cy) {
  const box = cy.elements().boundingBox();
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[box.x1 - 20, box.y1 - 20, box.w + 40, box.h + 40].map(number).join(' ')}" font-family="system-ui, sans-serif" font-size="13">`,
    '<title>Flowguard: who may talk to whom</title>',
    `<rect x="${number(box.x1 - 20)}" y="${number(box.y1 - 20)}" width="${number(box.w + 40)}" height="${number(box.h + 40)}" fill="${colour('ground')}"/>`,
  ];
  cy.nodes('.namespace').forEach(node => parts.push(rectangle(node, 10)));
  cy.edges().forEach(edge => parts.push(line(edge)));
  cy.nodes().not('.namespace').forEach(node => parts.push(rectangle(node, 6)));
  parts.push('</svg>');
  return parts.join('\n');
}

function rectangle(node, radius) {
  const box = node.boundingBox({includeLabels: false, includeOverlays: false});
  const inside = !node.hasClass('namespace');
  const text = inside ? [node.position('x'), node.position('y') + 4.5] : [(box.x1 + box.x2) / 2, box.y1 + 19];
  return `<g><rect x="${number(box.x1)}" y="${number(box.y1)}" width="${number(box.w)}" height="${number(box.h)}" rx="${radius}" fill="${node.style('background-color')}" stroke="${node.style('border-color')}" stroke-width="1.5"/>`
    + `<text x="${number(text[0])}" y="${number(text[1])}" text-anchor="middle" fill="${node.style('color')}"${inside ? '' : ' font-weight="600"'}>${escaped(node.data('label'))}</text></g>`;
}

function line(edge) {
  const from = edge.sourceEndpoint();
  const to = edge.targetEndpoint();
  const bends = edge.controlPoints?.() ?? [];
  const path = bends?.length
    ? `M${number(from.x)} ${number(from.y)} Q${number(bends[0].x)} ${number(bends[0].y)} ${number(to.x)} ${number(to.y)}`
    : `M${number(from.x)} ${number(from.y)} L${number(to.x)} ${number(to.y)}`;
  const before = bends?.length ? bends.at(-1) : from;
  const angle = Math.atan2(to.y - before.y, to.x - before.x);
  const corner = turn => `${number(to.x - 9 * Math.cos(angle + turn))},${number(to.y - 9 * Math.sin(angle + turn))}`;
  const ink = edge.style('line-color');
  const dashes = {dashed: ' stroke-dasharray="9 5"', dotted: ' stroke-dasharray="2 4"'}[edge.style('line-style')] ?? '';
  return `<g opacity="${edge.style('opacity')}"><path d="${path}" fill="none" stroke="${ink}" stroke-width="${parseFloat(edge.style('width'))}"${dashes}/>`
    + `<polygon points="${number(to.x)},${number(to.y)} ${corner(0.4)} ${corner(-0.4)}" fill="${ink}"/></g>`;
}
