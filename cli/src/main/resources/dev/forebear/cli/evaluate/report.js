(function () {
  const MOST_ROWS = 5000;
  const names = [...new Set([...data.verdicts, ...data.notComparable].flatMap(p => [p.a, p.b]).concat(data.children.map(c => c.id)))];
  const place = new Map(names.map((name, i) => [name, i]));
  const rowOfModel = name => 'model-' + place.get(name);
  const rowOfPair = (a, b) => 'pair-' + place.get(a) + '-' + place.get(b);
  const described = new Set(data.children.map(c => c.id));
  const kindOfMistake = new Map(data.mistakes.map(m => [m.a + '\n' + m.b, m.measure]));
  const listed = data.verdicts.length <= MOST_ROWS ? data.verdicts
    : data.verdicts.filter(v => v.truth !== 'independent' || kindOfMistake.has(v.a + '\n' + v.b)).slice(0, MOST_ROWS);
  const listedPairs = new Set(listed.map(v => v.a + '\n' + v.b));

  const percent = (value, of) => value === null || of === 0 ? '–' : `${Math.round(value * of)} of ${of}`;
  const model = name => described.has(name) ? html('a', {href: '#' + rowOfModel(name)}, name) : name;
  const join = parts => parts.flatMap((part, i) => i ? [', ', part] : [part]);

  function roc() {
    const W = 480, H = 420, x = linear(0, 1, 52, 470), y = linear(0, 1, 370, 14);
    const path = data.roc.map(([fpr, tpr], i) => (i ? 'L' : 'M') + x(fpr).toFixed(1) + ',' + y(tpr).toFixed(1)).join('');
    return svg('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': `ROC curve, area ${fixed(data.rocAuc, 4)}`},
      frame(W, H, x, y, [0, 0.25, 0.5, 0.75, 1], [0, 0.25, 0.5, 0.75, 1], 'independent pairs above the threshold; height: related ones'),
      svg('line', {x1: x(0), y1: y(0), x2: x(1), y2: y(1), class: 'axis', 'stroke-dasharray': '4 5'}),
      svg('path', {d: path + `L${x(1)},${y(0)}L${x(0)},${y(0)}Z`, fill: 'var(--a)', opacity: 0.1}),
      svg('path', {d: path, fill: 'none', stroke: 'var(--a)', 'stroke-width': 2.5, 'stroke-linejoin': 'round'}),
      text(x(0.97), y(0.06), `area ${fixed(data.rocAuc, 4)}`, 'end', 'strong'));
  }

  function quantiles() {
    const W = 480, H = 420, x = linear(0, 1, 52, 470), y = linear(0, 1, 370, 14);
    const band = 1.628 / Math.sqrt(Math.max(1, data.nullSampleSize));
    const edge = shift => [0, 1].map(v => `${x(v).toFixed(1)},${y(Math.min(1, Math.max(0, v + shift))).toFixed(1)}`);
    const corner = 1 - band;
    const area = [`${x(0)},${y(band)}`, `${x(corner)},${y(1)}`, `${x(1)},${y(1)}`, `${x(1)},${y(corner)}`, `${x(band)},${y(0)}`, `${x(0)},${y(0)}`].join(' ');
    return svg('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': 'p-values of independent pairs against uniform ones'},
      svg('polygon', {points: band < 1 ? area : edge(0).join(' '), fill: 'var(--soft)', opacity: 0.14}),
      frame(W, H, x, y, [0, 0.25, 0.5, 0.75, 1], [0, 0.25, 0.5, 0.75, 1], 'uniform p-value; height: observed'),
      svg('line', {x1: x(0), y1: y(0), x2: x(1), y2: y(1), class: 'axis'}),
      data.quantiles.map(([expected, seen]) => svg('circle', {cx: x(expected).toFixed(1), cy: y(seen).toFixed(1), r: 2.2, fill: 'var(--a)'})));
  }

  /** How sure each verdict is, by what is true. */
  function strengths() {
    const rows = [['related', 'var(--a)'], ['ambiguous', 'var(--warn)'], ['independent', 'var(--good)']];
    const W = 1000, H = 190, squeeze = v => Math.sign(v) * Math.sqrt(Math.abs(v));
    const x = linear(squeeze(-4), squeeze(300), 110, 985);
    return svg('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', style: 'max-width:none', 'aria-label': 'E-value of every pair'},
      [0, 6, 25, 50, 100, 200, 300].map(v => [svg('line', {x1: x(squeeze(v)), x2: x(squeeze(v)), y1: 10, y2: 142, class: v === 6 ? 'axis' : 'gridline', 'stroke-dasharray': v === 6 ? '4 4' : 'none'}),
        text(x(squeeze(v)), 162, v === 0 ? '1' : '10⁻' + [...String(v)].map(d => '⁰¹²³⁴⁵⁶⁷⁸⁹'[d]).join(''), 'middle')]),
      rows.map(([truth, colour], i) => [text(0, 36 + i * 46, truth),
        data.verdicts.filter(v => v.truth === truth && v.log10EValue !== null).slice(0, MOST_ROWS).map((v, k) =>
          svg('circle', {class: 'strip', cx: x(squeeze(Math.min(300, Math.max(-4, -v.log10EValue)))).toFixed(1), cy: 32 + i * 46 + (k * 7919 % 25 - 12), r: 3, fill: colour},
            svg('title', {}, `${v.a} and ${v.b}: ${v.verdict}`)))]),
      text(985, 184, 'such matches expected by chance', 'end'));
  }

  function confusion() {
    const expected = Object.keys(data.kinds);
    const named = [...new Set([...expected, ...expected.flatMap(k => Object.keys(data.kinds[k]))])];
    const W = 560, left = 170, top = 138, cell = Math.min(46, (W - left) / Math.max(1, named.length));
    const H = top + expected.length * cell + 8;
    return svg('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': 'kinds expected and named', style: 'max-width:680px'},
      named.map((k, j) => svg('text', {transform: `translate(${left + (j + 0.62) * cell} ${top - 8}) rotate(-50)`}, k)),
      expected.map((row, i) => [text(left - 10, top + (i + 0.5) * cell + 4, row, 'end'),
        named.map((column, j) => {
          const count = data.kinds[row][column] || 0;
          const total = Object.values(data.kinds[row]).reduce((a, b) => a + b, 0);
          const right = row === column;
          return [svg('rect', {x: left + j * cell, y: top + i * cell, width: cell - 2, height: cell - 2, rx: 3,
              fill: count === 0 ? 'var(--grid)' : right ? 'var(--a)' : 'var(--b)', opacity: count === 0 ? 0.6 : 0.35 + 0.65 * count / total},
              svg('title', {}, `${row} named ${column}: ${count}`)),
            count ? svg('text', {x: left + (j + 0.5) * cell - 1, y: top + (i + 0.5) * cell + 4, 'text-anchor': 'middle', class: right ? 'inside' : 'strong'}, String(count)) : null];
        })]));
  }

  function table(heads, rows, kind) {
    return html('div', {class: 'scroll'}, html('table', {class: kind || ''},
      html('thead', {}, html('tr', {}, heads.map(h => html('th', {class: h[0] === '#' ? 'num' : ''}, h.replace(/^#/, ''))))),
      html('tbody', {}, rows)));
  }
  const cells = (heads, values, attributes) => html('tr', attributes || {}, values.map((v, i) => html('td', {class: heads[i][0] === '#' ? 'num' : ''}, v)));

  function bars() {
    const heads = ['Measure', 'Demanded', 'Found', ''];
    return table(heads, data.bars.map(b => cells(heads, [b.measure, b.demand, b.found,
      html('span', {class: 'chip ' + b.outcome}, b.outcome.replaceAll('-', ' '))])), 'bars');
  }

  function relations() {
    const heads = ['Relation', '#Models', '#Relatives found', '#Accused', '#Kind', '#Parents', '#Direction', '#Undecided'];
    return table(heads, data.relations.map(r => cells(heads, [r.relation, String(r.models), percent(r.relatedFound, r.relatedFoundOf),
      r.falseAccusations ? html('span', {class: 'wrong'}, String(r.falseAccusations)) : '0', percent(r.kind, r.kindOf), percent(r.parents, r.parentsOf),
      percent(r.direction, r.directionOf), percent(r.directionAbstained, r.directionAbstainedOf)])));
  }

  function mistakes() {
    if (!data.mistakes.length) return html('p', {class: 'lead'}, 'None.');
    const heads = ['What', 'Models', 'Expected', 'Found', 'Evidence'];
    return table(heads, data.mistakes.map(m => cells(heads, [
      listedPairs.has(m.a + '\n' + m.b) ? html('a', {href: '#' + rowOfPair(m.a, m.b)}, m.measure) : m.measure,
      [model(m.a), ' and ', model(m.b)], m.expected, html('span', {class: 'wrong'}, m.found), m.evidence])));
  }

  function children() {
    if (!data.children.length) return [];
    const heads = ['Model', 'Made from', 'Named parents', 'Kind', 'Named kind', 'Direction'];
    const parent = (id, share) => share === null ? model(id) : [model(id), ` ${share.toFixed(3)}`];
    return [html('h2', {}, 'Models'),
      html('p', {class: 'lead'}, 'What each was made from, and what the product says about it: parents among all earlier uploads; kind and direction of the model and its true origins.'),
      table(heads, data.children.map(c => cells(heads, [[c.id, html('small', {}, c.relation)], c.parents.length ? join(c.parents.map(model)) : '–',
        [Object.keys(c.namedParents).length ? join(Object.entries(c.namedParents).map(([id, share]) => parent(id, share))) : 'none', html('small', {}, c.reason)],
        c.kind || '–', c.origins.map(o => html('div', {class: c.kind && o.kind !== c.kind ? 'wrong' : ''}, o.kind || 'none', html('small', {}, o.detail))),
        c.origins.map(o => html('div', {class: o.direction === 'child-first' ? 'wrong' : ''}, o.direction.replaceAll('-', ' '), html('small', {}, o.directionReason)))],
        {id: rowOfModel(c.id)})))];
  }

  function pairs() {
    const heads = ['Models', 'Truth', 'Verdict', '#By chance', 'Evidence'];
    const rows = listed.map(v => cells(heads, [[model(v.a), ' and ', model(v.b)], v.truth,
      kindOfMistake.has(v.a + '\n' + v.b) ? html('span', {class: 'wrong'}, v.verdict.replaceAll('-', ' ')) : v.verdict.replaceAll('-', ' '),
      v.log10EValue === null ? '–' : power(v.log10EValue), v.evidence], {id: rowOfPair(v.a, v.b)}));
    const filter = html('input', {type: 'search', placeholder: 'Filter by name, truth or verdict', 'aria-label': 'Filter pairs'});
    filter.addEventListener('input', () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(w => w);
      rows.forEach(row => { row.hidden = !words.every(w => row.textContent.toLowerCase().includes(w)); });
    });
    return [html('h2', {}, 'Pairs'),
      html('p', {class: 'lead'}, listed.length < data.verdicts.length
        ? `${listed.length.toLocaleString('en')} of ${data.verdicts.length.toLocaleString('en')} pairs: those that are not independent or were judged wrongly.`
        : 'Every pair that was compared.'), filter, table(heads, rows)];
  }

  function notComparable() {
    const reasons = new Map();
    data.notComparable.forEach(p => reasons.set(p.reason, (reasons.get(p.reason) || 0) + 1));
    if (!reasons.size) return [];
    return [html('h2', {}, 'Not comparable'),
      html('p', {class: 'lead'}, `${data.notComparable.length.toLocaleString('en')} pairs count neither for nor against.`),
      html('ul', {}, [...reasons].map(([reason, count]) => html('li', {}, `${reason} (${count.toLocaleString('en')} ${count === 1 ? 'pair' : 'pairs'})`)))];
  }

  function headline() {
    const missed = data.bars.filter(b => b.outcome === 'missed').length, met = data.bars.filter(b => b.outcome === 'met').length;
    const fact = (name, value) => html('div', {}, html('dt', {}, name), html('dd', {}, value));
    return html('section', {class: 'verdict ' + (missed ? 'ambiguous' : 'none')},
      html('h2', {}, missed ? `${missed} of ${missed + met} bars missed` : `All ${met} bars met`),
      html('p', {}, `${data.comparedPairs.toLocaleString('en')} pairs of ${data.models.toLocaleString('en')} models: ${data.relatedPairs.toLocaleString('en')} related, ${data.independentPairs.toLocaleString('en')} independent, ${data.ambiguousPairs.toLocaleString('en')} ambiguous.`),
      html('dl', {class: 'facts'},
        fact('false accusations', data.falseAccusations.toLocaleString('en')),
        fact('relatives missed', data.relatedMissed.toLocaleString('en')),
        fact('area under the ROC curve', data.rocAuc === null ? '–' : fixed(data.rocAuc, 4)),
        fact('found without a false accusation', data.truePositivesAtZero === null ? '–' : fixed(100 * data.truePositivesAtZero, 1) + ' %'),
        fact('found at 1 % of them', data.truePositivesAtOnePercent === null ? '–' : fixed(100 * data.truePositivesAtOnePercent, 1) + ' %')));
  }

  function draw() {
    const page = html('div', {},
      html('div', {class: 'brand'}, 'Forebear · verdicts against the truth'),
      html('h1', {}, data.zoo), html('p', {class: 'lead'}, data.date),
      headline(), bars(),
      data.falseAccusationRateAtMost === null ? null : html('p', {class: 'note'}, `The independent pairs come from ${data.independentTrainingPairs.toLocaleString('en')} pairs of trainings. That shows a rate of false accusations below ${fixed(100 * data.falseAccusationRateAtMost, 1)} % (95 % confidence) and no less.`),
      html('h2', {}, 'Pictures'),
      html('div', {class: 'grid'},
        data.roc.length ? card('Related against independent pairs', 'ROC', 'Whatever the threshold on the strength of a verdict: how many related pairs lie above it, and how many independent ones.', roc()) : null,
        data.quantiles.length ? card('p-values of independent pairs', 'QQ', `Layer against layer; on the line when calibrated. Grey: where ${data.nullSampleSize.toLocaleString('en')} independent values stay in 99 of 100 cases, as many as ${data.nullTrainingPairs.toLocaleString('en')} ${data.nullTrainingPairs === 1 ? 'pair' : 'pairs'} of trainings give. Kolmogorov-Smirnov p = ${data.nullKsP === null ? '–' : fixed(data.nullKsP, 3)}.`, quantiles()) : null),
      data.verdicts.length ? html('div', {class: 'grid'}, card('How sure', 'E-value', 'Every pair by the number of such matches that chance would produce; what lies right of the dashed line is established.', strengths())) : null,
      Object.keys(data.kinds).length ? html('div', {class: 'grid'}, card('What was done', 'kinds', 'Expected by rows, named by columns.', confusion())) : null,
      html('h2', {}, 'By relation'), relations(),
      html('h2', {}, 'Mistakes'), mistakes(), notComparable(), children(), pairs(),
      html('footer', {}, 'Made by Forebear from the weights alone; the lineage was read for scoring only. This file holds all its data and loads nothing.'));
    document.getElementById('page').replaceChildren(page);
    document.title = data.zoo + ' – Forebear evaluation';
  }
  draw();
})();
