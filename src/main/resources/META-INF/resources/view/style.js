// How the map looks, in the colours of the style sheet. States differ by line as well as by colour.

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** @param many whether there are so many edges that they are drawn as simply as can be */
export function mapStyle(many) {
  const [ink, soft, line, paper] = ['ink', 'soft', 'line', 'paper'].map(colour);
  const edge = (state, style, width, name = state) => ({
    selector: `edge.${state}`,
    style: {'line-color': colour(name), 'target-arrow-color': colour(name), 'line-style': style, width, opacity: 1, 'z-index': 3},
  });
  return [
    {selector: 'node', style: {
      label: 'data(label)', color: ink, 'font-size': 17, 'font-family': 'system-ui, sans-serif', width: 'data(width)', height: 36, shape: 'round-rectangle',
      'text-valign': 'center', 'text-halign': 'center', 'background-color': colour('workload'), 'border-color': colour('workload-line'), 'border-width': 1.5,
      'min-zoomed-font-size': 5}},
    {selector: 'node.namespace', style: {
      'background-color': colour('namespace'), 'border-color': line, 'border-width': 1.5, 'text-valign': 'top', 'text-halign': 'center', 'text-margin-y': 20,
      'font-weight': 600, color: soft, padding: '24px', 'font-size': 16, 'min-zoomed-font-size': 4}},
    {selector: 'node.folded', style: {'background-color': colour('namespace'), 'border-color': soft, 'border-width': 2, 'border-style': 'double', height: 42, 'font-weight': 600, 'min-zoomed-font-size': 4}},
    {selector: 'node.far', style: {height: 'data(height)', 'border-style': 'solid', 'border-width': 1.5, 'border-color': line, 'font-size': 60, 'text-wrap': 'wrap', 'text-max-width': 'data(width)', 'min-zoomed-font-size': 3}},
    {selector: 'node.folded.Broken', style: {'border-color': colour('broken'), 'border-width': 4, color: colour('broken')}},
    {selector: 'node.folded.Undetermined', style: {'border-color': colour('undetermined'), 'border-width': 4}},
    {selector: 'node.far.Broken', style: {'border-width': 30}},
    {selector: 'node.outside', style: {'background-color': colour('outside'), 'border-color': colour('outside-line'), shape: 'cut-rectangle'}},
    {selector: 'edge', style: {
      width: 1.2, 'line-color': colour('link'), 'target-arrow-color': colour('link'), 'curve-style': many ? 'straight' : 'bezier', 'control-point-step-size': 34,
      'target-arrow-shape': 'triangle', 'arrow-scale': many ? 0.6 : 0.9, opacity: many ? 0.25 : 0.45, 'z-index': 1}},
    edge('Satisfied', 'solid', 2.2, 'holds'),
    {selector: 'edge.common.Satisfied', style: {width: 1.2, opacity: 0.55, 'z-index': 2}},
    edge('Undetermined', 'dotted', 3, 'undetermined'),
    edge('Unenforced', 'dotted', 2, 'unbound'),
    {selector: 'edge.Broken', style: {
      'line-color': colour('broken'), 'target-arrow-color': colour('broken'), 'line-style': 'dashed', 'line-dash-pattern': [9, 5], width: 4, opacity: 1, 'z-index': 5,
      'mid-target-arrow-shape': 'tee', 'mid-target-arrow-color': colour('broken')}},
    {selector: 'edge.blocked.Satisfied', style: {width: 1.4, 'line-style': 'dotted', 'target-arrow-shape': 'tee', 'line-color': soft, 'target-arrow-color': soft}},
    {selector: 'edge.possible', style: {'line-style': 'dotted', opacity: 0.35}},
    {selector: 'edge.gained', style: {'line-color': colour('holds'), 'target-arrow-color': colour('holds'), width: 6, opacity: 0.9, 'z-index': 4}},
    {selector: 'edge.flow.gained', style: {width: 5}},
    {selector: 'edge.lost', style: {'line-color': colour('broken'), 'target-arrow-color': colour('broken'), 'line-style': 'dashed', 'line-dash-pattern': [4, 4], width: 2, opacity: 0.9, 'z-index': 4}},
    {selector: '.dim', style: {opacity: 0.12}},
    {selector: 'node.namespace.dim', style: {opacity: 0.5}},
    {selector: 'node.at', style: {'border-color': colour('accent'), 'border-width': 4}},
    {selector: 'edge.at', style: {'overlay-color': colour('accent'), 'overlay-opacity': 0.25, 'overlay-padding': 5, opacity: 1}},
    {selector: 'edge.near', style: {opacity: 1}},
    {selector: 'node:active, edge:active', style: {'overlay-opacity': 0.1}},
    {selector: 'core', style: {'active-bg-size': 0, 'selection-box-border-color': paper}},
  ];
}

export {colour};
