(function () {
  function legend() {
    return html('div', {class: 'legend'},
      html('span', {}, html('span', {class: 'key a'}), names[0]), html('span', {}, html('span', {class: 'key b'}), names[1]));
  }

  /** The statistic's distribution for independently trained models, with what was observed. */
  function bell(evidence) {
    const W = 480, H = 170, left = 8, right = 472, base = 132, top = 30;
    const mean = evidence.nullMean, sd = Math.max(evidence.nullDeviation, 1e-9), seen = evidence.value;
    let low = Math.min(mean - 4.5 * sd, seen), high = Math.max(mean + 4.5 * sd, seen);
    const margin = (high - low) * 0.06;
    low -= margin; high += margin;
    const x = v => left + (v - low) / (high - low) * (right - left);
    const y = d => base - d * (base - top);
    const density = z => Math.exp(-z * z / 2);
    const points = range(241).map(i => mean + (i / 240 * 9 - 4.5) * sd);
    const path = points.map((v, i) =>
      (i ? 'L' : 'M') + x(v).toFixed(1) + ',' + y(density((v - mean) / sd)).toFixed(1)).join('');
    const away = (seen - mean) / sd;
    const end = x(seen) > W * 0.62 ? 'end' : x(seen) < W * 0.38 ? 'start' : 'middle';
    const shift = end === 'end' ? 6 : end === 'start' ? -6 : 0;
    const area = path + 'L' + x(points[240]).toFixed(1) + ',' + base + 'L' + x(points[0]).toFixed(1) + ',' + base + 'Z';
    return svg('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img',
        'aria-label': `observed ${fixed(seen, 3)}, independent models ${fixed(mean, 3)} plus or minus ${fixed(sd, 3)}`},
      svg('path', {d: area, fill: 'var(--soft)', opacity: 0.22}),
      svg('path', {d: path, fill: 'none', stroke: 'var(--soft)', 'stroke-width': 1.5}),
      line(left, base, right, base),
      ticks(low, high, 5).map(v => [line(x(v), base, x(v), base + 5), text(x(v), base + 19, label(v), 'middle')]),
      text(left, H - 2, 'grey: independently trained models'),
      svg('line', {x1: x(seen), x2: x(seen), y1: top - 6, y2: base, stroke: 'var(--mark)', 'stroke-width': 2.5}),
      svg('circle', {cx: x(seen), cy: top - 6, r: 4.5, fill: 'var(--mark)'}),
      text(x(seen) + shift, top - 18, `${fixed(seen, 3)}, ${Math.abs(away).toFixed(1)} deviations away`, end, 'strong'));
  }

  /** One line for each model over the depth, since depths may differ. */
  function profiles(series) {
    const W = 480, H = 250;
    const x = linear(0, Math.max(...series.map(s => s.length)) - 1, 40, 470), y = linear(0, 1, 200, 12);
    const depth = Math.max(...series.map(s => s.length));
    const xs = range(depth).filter(i => i % Math.ceil(depth / 9) === 0);
    return svg('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img'},
      frame(W, H, x, y, xs, [0, 0.25, 0.5, 0.75, 1], 'layer'),
      series.map((values, k) => [
        svg('path', {d: values.map((v, i) => (i ? 'L' : 'M') + x(i).toFixed(1) + ',' + y(v).toFixed(1)).join(''),
          fill: 'none', stroke: k ? 'var(--b)' : 'var(--a)', 'stroke-width': 2.25, 'stroke-linejoin': 'round',
          'stroke-dasharray': k ? '6 5' : 'none'}),
        depth > 40 ? null : values.map((v, i) => svg('circle', {cx: x(i), cy: y(v), r: 3.2, fill: k ? 'var(--b)' : 'var(--a)'}))]));
  }

  /** Shares of the embedding rows by their norm, both models over one axis. */
  function histograms(sides) {
    const W = 480, H = 250, drawn = sides.filter(s => s.embeddingNormShares.length);
    const low = Math.min(...drawn.map(s => s.smallestEmbeddingNorm)), high = Math.max(...drawn.map(s => s.largestEmbeddingNorm));
    const densities = sides.map(s => s.embeddingNormShares.map(v => v * 100));
    const x = linear(low, high, 40, 470), y = linear(0, Math.max(...densities.flat()) * 1.06, 200, 12);
    return svg('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img'},
      frame(W, H, x, y, ticks(low, high, 6), ticks(0, y.high, 4), 'norm of the row; height: % of rows'),
      sides.map((side, k) => {
        const bins = densities[k].length, first = side.smallestEmbeddingNorm;
        const width = (side.largestEmbeddingNorm - first) / bins, colour = k ? 'var(--b)' : 'var(--a)';
        const steps = densities[k].map((v, i) =>
          `L${x(first + i * width).toFixed(1)},${y(v).toFixed(1)}L${x(first + (i + 1) * width).toFixed(1)},${y(v).toFixed(1)}`);
        const d = bins ? `M${x(first).toFixed(1)},${y(0)}${steps.join('')}L${x(first + bins * width).toFixed(1)},${y(0)}` : '';
        return svg('path', {d, fill: colour, 'fill-opacity': 0.13, stroke: colour, 'stroke-width': 1.75,
          'stroke-dasharray': k ? '6 4' : 'none'});
      }));
  }

  function evidenceTable() {
    const head = ['Statistic', 'Observed', 'Independent models', 'Chance', 'Exact bound'];
    return html('div', {class: 'scroll'}, html('table', {},
      html('thead', {}, html('tr', {}, head.map((h, i) => html('th', {class: i ? 'num' : ''}, h)))),
      html('tbody', {}, evidence.map(e => html('tr', {},
        html('td', {}, title(e.signal) + (e.decides ? '' : ' (does not decide)'),
          html('small', {}, e.statistic), html('small', {}, 'Assumes: ' + e.assumption)),
        html('td', {class: 'num'}, fixed(e.value, 3)),
        html('td', {class: 'num'}, fixed(e.nullMean, 3) + ' ± ' + fixed(e.nullDeviation, 3)),
        html('td', {class: 'num'}, e.log10PValue < 0 ? power(e.log10PValue) : '–'),
        html('td', {class: 'num'}, e.log10ExactBound < 0 ? power(e.log10ExactBound) : '–'))))));
  }

  function verdict() {
    const v = data.verdict;
    const kind = {NO_EVIDENCE: 'none', SHARED_INITIALISATION_OR_LINEAGE: 'ambiguous'}[v.name] || '';
    const fact = (name, value) => [html('div', {}, html('dt', {}, name), html('dd', {}, value))];
    return html('section', {class: 'verdict ' + kind},
      html('h2', {}, v.headline), html('p', {}, v.sentence),
      v.embeddingInherited && v.name === 'NO_EVIDENCE'
        ? html('p', {}, 'Their embeddings agree dimension by dimension: the embedding was inherited, which alone says nothing about the body.') : null,
      data.descent ? html('p', {}, data.descent.whatWasDone + ' ' + data.descent.whichCameFirst) : null,
      html('p', {class: 'limits'}, v.limits),
      html('dl', {class: 'facts'},
        fact('chance for independently trained models', power(v.log10PValue)),
        fact('bound that needs no distribution', v.log10ExactBound < 0 ? power(v.log10ExactBound) : 'none'),
        fact(`expected among ${v.registrySize.toLocaleString('en')} models`, v.log10EValue < 0 ? power(v.log10EValue) : Math.round(Math.pow(10, v.log10EValue)).toLocaleString('en')),
        fact('strongest similarity (−1\u00a0to\u00a01)', fixed(v.effectSize, 3)),
        fact('shared function (−1\u00a0to\u00a01)', fixed(v.sharedFunction, 3))));
  }

  function layers() {
    if (!data.layers || !data.layers.z.length) return [];
    const z = data.layers.z, most = Math.max(8, ...z.flat().map(v => v || 0));
    return [html('h2', {}, 'Layer by layer'),
      html('p', {class: 'lead'}, 'Every layer of one model held against every layer of the other: how many standard deviations rows of the same number agree beyond rows of different numbers. A marked diagonal means that layers kept their place; a broken one, that layers were dropped, repeated or merged.'),
      html('div', {class: 'grid'}, card('Agreement of layers', 'z', null,
        heat(z, v => amount((v || 0) / most), (i, j, v) => `layer ${data.layers.first[i]} and layer ${data.layers.second[j]}: z = ${fixed(v, 1)}`,
          {rows: data.layers.first, columns: data.layers.second, rowTitle: names[0], columnTitle: names[1]}),
        scale(s => amount(s), 0, 1, '0', fixed(most, 0) + ' deviations')),
      card('Similarity of rows of the same number', '−1 to 1', null,
        heat(data.layers.similarity, v => signed(v || 0), (i, j, v) => `layer ${data.layers.first[i]} and layer ${data.layers.second[j]}: ${fixed(v, 3)}`,
          {rows: data.layers.first, columns: data.layers.second, rowTitle: names[0], columnTitle: names[1]}),
        scale(signed, -1, 1, '−1', '1')))];
  }

  function peer() {
    const row = (name, value) => html('div', {class: 'bar'}, html('span', {}, name),
      html('div', {class: 'track'}, html('div', {class: 'fill', style: `width:${Math.round((value || 0) * 100)}%`})),
      html('span', {class: 'value'}, fixed(value, 3)));
    const both = [data.a, data.b];
    const cosines = Object.entries(data.peer.weightValueCosines);
    return [html('h2', {}, 'Peer signals'),
      html('p', {class: 'lead'}, 'Reported, they do not decide. They rank models by likeness, but independently trained models often score above 0.9, so a high value accuses nobody.'),
      html('div', {class: 'card', style: 'margin-top:24px'},
        data.peer.signals.map(s => row(title(s.signal), s.similarity)),
        row('The peer’s own combination', data.peer.identity)),
      html('div', {class: 'grid'},
        both.map((side, k) => side.anchorCosines.length ? card(names[k], 'anchor tokens', 'Cosine of the embeddings of the same common tokens with each other: digits, punctuation, frequent words.',
          heat(side.anchorCosines, v => signed(v || 0), (i, j, v) => `anchors ${i} and ${j}: ${fixed(v, 3)}`), scale(signed, -1, 1, '−1', '1'))
          : card(names[k], 'anchor tokens', 'Not comparable: no tokenizer, or too few anchors.'))),
      html('div', {class: 'grid'},
        both.every(s => s.layerEnergies.length) ? card('Energy of the layers', null, 'Sum of the Frobenius norms of each layer, relative to the largest.', profiles(both.map(s => s.layerEnergies)), legend()) : null,
        both.some(s => s.embeddingNormShares.length) ? card('Norms of the embedding rows', null, 'How long the vectors of the vocabulary are.', histograms(both), legend()) : null,
        cosines.length > 1 ? card('Cosine of the weights by layer', null, 'Sampled values of the same projections, common layers only.', profiles([cosines.map(c => c[1])])) : null)];
  }

  function compared() {
    const facts = [['Location', s => s.location], ['Architecture', s => s.modelType], ['Layers', s => String(s.layers)],
      ['Hidden size', s => s.hiddenSize.toLocaleString('en')], ['Vocabulary', s => s.vocabularySize.toLocaleString('en')],
      ['Parameters', s => s.parameters.toLocaleString('en')], ['Stored as', s => s.dtype]];
    return [html('h2', {}, 'What was compared'),
      html('div', {class: 'scroll'}, html('table', {},
        html('thead', {}, html('tr', {}, html('th', {}, ''), html('th', {}, names[0]), html('th', {}, names[1]))),
        html('tbody', {}, facts.map(([name, get]) => html('tr', {}, html('td', {}, name),
          html('td', {style: 'overflow-wrap:anywhere'}, get(data.a)), html('td', {style: 'overflow-wrap:anywhere'}, get(data.b))))))),
      data.notCompared.length ? [html('h3', {style: 'margin-top:32px'}, 'Not compared, and why'),
        html('ul', {}, data.notCompared.map(f => html('li', {}, f)))] : null];
  }

  // What decides comes first; the order is otherwise by strength.
  const evidence = [...data.evidence.filter(e => e.decides), ...data.evidence.filter(e => !e.decides)];
  const names = data.a.name === data.b.name ? [data.a.location, data.b.location] : [data.a.name, data.b.name];

  function draw() {
    document.title = names[0] + ' and ' + names[1] + ' – Forebear comparison';
    const drawn = evidence.filter(e => e.nullDeviation > 0);
    const page = html('div', {},
      html('div', {class: 'brand'}, 'Forebear · comparison of two models'),
      html('h1', {}, html('span', {class: 'name-a'}, names[0]), html('span', {class: 'versus'}, ' and '), html('span', {class: 'name-b'}, names[1])),
      html('p', {class: 'lead'}, data.date),
      verdict(),
      html('h2', {}, 'Evidence'),
      html('p', {class: 'lead'}, 'Each statistic is held against what independently trained models show: the grey hill. The verdict rests on those that are not marked otherwise, the others are shown beside them.'),
      html('div', {class: 'grid'}, drawn.map(e => card(title(e.signal), e.decides ? null : 'does not decide', e.statistic, bell(e)))),
      evidenceTable(), layers(), peer(), compared(),
      html('footer', {}, 'Made by Forebear from the weights alone; names and metadata decide nothing. This file holds all its data and loads nothing.'));
    document.getElementById('page').replaceChildren(page);
  }
  draw();
  dark.addEventListener('change', draw);
})();
