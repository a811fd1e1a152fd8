'use strict';
// What all pages of the program share. The script of a page follows in the same element.
const data = JSON.parse(document.getElementById('data').textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');
const SVG = 'http://www.w3.org/2000/svg';

// Text enters the page through these two functions only, always as text.
function html(name, attributes, ...children) {
  return build(document.createElement(name), attributes, children);
}
function svg(name, attributes, ...children) {
  return build(document.createElementNS(SVG, name), attributes, children);
}
function build(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) element.append(child);
  }
  return element;
}

const fixed = (value, digits) => (value === null || value === undefined ? 'not comparable' : value.toFixed(digits));
function power(log10) {
  if (log10 === null) return '–';
  if (log10 >= 0) return '1';
  if (log10 > -3) return Math.pow(10, log10).toPrecision(2);
  return html('span', {}, log10 <= -300 ? 'below 10' : '10', html('sup', {}, '−' + Math.floor(-log10)));
}
const title = signal => signal[0].toUpperCase() + signal.slice(1).replaceAll('-', ' ');
const range = n => Array.from({length: n}, (_, i) => i);

// Colours: from the card's own colour to deep blue for amounts; blue to card to rust for signed values.
function mix(from, to, share) {
  const c = from.map((v, i) => Math.round(v + (to[i] - v) * share));
  return 'rgb(' + c.join(',') + ')';
}
function ramp(stops, share) {
  const at = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const i = Math.min(Math.floor(at), stops.length - 2);
  return mix(stops[i], stops[i + 1], at - i);
}
function amount(share) {
  return ramp(dark.matches
    ? [[34, 38, 45], [30, 72, 98], [44, 128, 152], [126, 196, 196], [238, 244, 220]]
    : [[244, 242, 236], [190, 216, 214], [98, 166, 180], [34, 98, 132], [18, 42, 76]], share);
}
function signed(value) {
  return ramp(dark.matches
    ? [[120, 190, 214], [48, 96, 120], [32, 36, 42], [128, 74, 44], [238, 160, 110]]
    : [[24, 88, 116], [134, 184, 200], [246, 244, 239], [226, 164, 124], [166, 70, 24]], (value + 1) / 2);
}

function text(x, y, string, anchor, kind) {
  return svg('text', {x, y, 'text-anchor': anchor || 'start', class: kind || ''}, string);
}
function line(x1, y1, x2, y2, kind) {
  return svg('line', {x1, y1, x2, y2, class: kind || 'axis'});
}
function ticks(low, high, wanted) {
  const raw = (high - low) / wanted;
  const unit = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = [1, 2, 5, 10].map(m => m * unit).find(s => s >= raw);
  const found = [];
  for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + step * 1e-6; v += step) found.push(v);
  return found.map(v => Math.abs(v) < step * 1e-6 ? 0 : v);
}
const label = v => Math.abs(v) >= 1000 ? v.toExponential(0) : String(Number(v.toPrecision(3)));

function card(title, tag, explanation, ...content) {
  return html('section', {class: 'card'},
    html('h3', {}, title, tag ? html('span', {class: 'tag'}, tag) : null),
    explanation ? html('p', {}, explanation) : null, ...content);
}
function heat(matrix, colour, describe, axes) {
  const rows = matrix.length, columns = rows ? matrix[0].length : 0;
  const pad = axes ? 40 : 0, size = 420, cell = size / Math.max(rows, columns);
  const cells = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const rect = svg('rect', {x: pad + j * cell, y: i * cell, width: cell + 0.4, height: cell + 0.4,
        fill: colour(matrix[i][j])});
      if (rows * columns <= 4096) rect.append(svg('title', {}, describe(i, j, matrix[i][j])));
      cells.push(rect);
    }
  }
  const every = n => range(n).filter(i => i % Math.ceil(n / 12) === 0);
  const marks = !axes ? [] : [
    every(rows).map(i => text(pad - 8, (i + 0.5) * cell + 4, String(axes.rows[i]), 'end')),
    every(columns).map(j => text(pad + (j + 0.5) * cell, rows * cell + 18, String(axes.columns[j]), 'middle')),
    text(pad + columns * cell / 2, rows * cell + 40, axes.columnTitle, 'middle'),
    svg('text', {x: 0, y: 0, 'text-anchor': 'middle', transform: `translate(10 ${rows * cell / 2}) rotate(-90)`}, axes.rowTitle)];
  return svg('svg', {viewBox: `0 0 ${pad + columns * cell} ${rows * cell + (axes ? 48 : 0)}`, role: 'img',
    'shape-rendering': 'crispEdges', style: 'max-width: 520px'}, cells, marks);
}

function scale(colour, low, high, lowLabel, highLabel) {
  const W = 220;
  return svg('svg', {viewBox: `0 0 ${W} 28`, style: `max-width:${W}px`, 'aria-hidden': 'true'},
    range(44).map(i => svg('rect', {x: i * 5, y: 0, width: 5.4, height: 9, fill: colour(low + (high - low) * i / 43)})),
    text(0, 24, lowLabel), text(W, 24, highLabel, 'end'));
}

function frame(W, H, x, y, xs, ys, xTitle) {
  return [ys.map(v => [line(x(x.low), y(v), x(x.high), y(v), 'gridline'), text(x(x.low) - 8, y(v) + 4, label(v), 'end')]),
    xs.map(v => text(x(v), y(y.low) + 18, label(v), 'middle')),
    line(x(x.low), y(y.low), x(x.high), y(y.low)),
    text(x(x.high), H - 2, xTitle, 'end')];
}
function linear(low, high, from, to) {
  const map = v => from + (high === low ? 0.5 : (v - low) / (high - low)) * (to - from);
  map.low = low; map.high = high;
  return map;
}
