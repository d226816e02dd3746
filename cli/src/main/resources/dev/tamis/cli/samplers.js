"use strict";
(() => {
  const found = JSON.parse(document.getElementById("document").textContent);
  const COLOURS = ["#3b82d9", "#d97b1f", "#2b9e66", "#cf4f70", "#8b63d6", "#1199ab", "#a67c1e", "#7b8794"];
  const DASHES = [[], [8, 4], [2, 3]];
  const HEIGHT = 340;
  const shown = {}; // the names of samplers that were switched off, so that charts redraw as they were

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = (v) => (v == null ? "" : v !== 0 && Math.abs(v) < 0.001 ? v.toExponential(1) : +v.toPrecision(3) + "");

  // A sampler has the same colour in every chart: that of its place among all names.
  const names = [...new Set(found.models.flatMap((m) => m.samplers.map((s) => s.name)))];
  const pen = (name) => {
    const i = names.indexOf(name);
    return { stroke: COLOURS[i % COLOURS.length], width: 2, dash: DASHES[Math.floor(i / COLOURS.length) % DASHES.length] };
  };

  const axis = (label, log) => ({
    label,
    labelSize: 22,
    labelFont: "13px system-ui, sans-serif",
    font: "12px system-ui, sans-serif",
    stroke: css("--quiet"),
    grid: { stroke: css("--grid"), width: 1 },
    ticks: { stroke: css("--line"), width: 1 },
    values: (u, splits) => splits.map((v) => (v == null ? "" : log ? number(v) : v.toLocaleString("en"))),
  });

  // x: numbers; lines: {label, values, ...pen}
  const draw = (place, title, x, lines, xAxis, yAxis, scales) => {
    place.textContent = "";
    const heading = document.createElement("h4");
    heading.textContent = title;
    place.append(heading);
    const options = {
      width: place.clientWidth,
      height: HEIGHT,
      cursor: { focus: { prox: 24 }, drag: { x: true, y: true, uni: 20 } },
      focus: { alpha: 0.25 },
      scales,
      axes: [xAxis, { ...yAxis, size: 60 }],
      series: [
        { label: xAxis.label, value: (u, v) => (v == null ? "" : v.toLocaleString("en")) },
        ...lines.map(({ values, ...line }) => ({
          points: { show: x.length <= 12, size: 7 },
          value: (u, v) => number(v),
          show: !shown[line.label],
          ...line,
        })),
      ],
      hooks: {
        setSeries: [(u, i, change) => { if (i != null && "show" in change) shown[u.series[i].label] = !change.show; }],
      },
    };
    return new uPlot(options, [x, ...lines.map((line) => line.values)], place);
  };

  const bySize = (model, measure) => {
    const sizes = model.samplers[0].gradient.map((g) => g.size);
    const lines = model.samplers.map((s) => ({
      label: s.name,
      values: s.gradient.map((g) => (g[measure] > 0 ? g[measure] : null)),
      ...pen(s.name),
    }));
    return [sizes, lines];
  };

  const log = { x: { time: false, distr: 3 }, y: { distr: 3 } };

  const charts = {
    cumulative(place, model) {
      const c = model.curves;
      const ink = { stroke: css("--ink"), width: 3 };
      const lines = [{ label: "softmax", values: c.softmax_unseen, ...ink }];
      if (c.softmax_all) lines.push({ label: "softmax of all items", values: c.softmax_all, ...ink, dash: [3, 3] });
      for (const s of model.samplers) lines.push({ label: s.name, values: s.curve, ...pen(s.name) });
      for (const s of model.samplers) {
        lines.push({ label: s.name + ", drawn", values: s.curve_of_draws, stroke: pen(s.name).stroke, width: 0,
          paths: () => null, points: { show: true, size: 5, fill: pen(s.name).stroke } });
      }
      return draw(place, "Cumulative probability over items by popularity", c.items, lines,
        axis("items, the most popular first"), axis("probability"), { x: { time: false }, y: { range: [0, 1] } });
    },
    bias(place, model) {
      const [x, lines] = bySize(model, "bias");
      return draw(place, "Bias of the gradient", x, lines, axis("drawn items", true), axis("share of its length", true), log);
    },
    spread(place, model) {
      const [x, lines] = bySize(model, "spread");
      return draw(place, "Spread of one estimate of the gradient", x, lines, axis("drawn items", true), axis("share of its length", true), log);
    },
    times(place, model) {
      const timed = model.times.samplers;
      const x = timed[0].draws.map((d) => d.size);
      const lines = timed.map((s) => ({ label: s.name, values: s.draws.map((d) => d.nanoseconds), ...pen(s.name) }));
      return draw(place, "Time of a draw", x, lines, axis("drawn at a time", true), axis("nanoseconds", true), log);
    },
    progress(place) {
      if (found.models.length < 2) return null;
      const epochs = found.models.map((m) => m.epochs);
      const ordered = epochs.every((e, i) => i === 0 || e > epochs[i - 1]);
      const x = ordered ? epochs : epochs.map((e, i) => i + 1);
      const lines = names.map((name) => ({
        label: name,
        values: found.models.map((m) => (m.samplers.find((s) => s.name === name) || { kl: {} }).kl.mean ?? null),
        ...pen(name),
      }));
      return draw(place, "Divergence from the softmax by model", x, lines,
        axis(ordered ? "epochs" : "model, as given"), axis("KL in nats"), { x: { time: false } });
    },
  };

  const drawn = [];
  const places = [...document.querySelectorAll(".chart")];
  const drawAll = () => {
    drawn.splice(0).forEach((chart) => chart.destroy());
    for (const place of places) {
      place.style.display = "block"; // an empty place has no width
      const chart = charts[place.dataset.chart](place, found.models[place.dataset.model]);
      place.style.display = "";
      if (chart) drawn.push(chart);
    }
  };
  drawAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  addEventListener("resize", () => drawn.forEach((c) => c.setSize({ width: c.root.parentNode.clientWidth, height: HEIGHT })));
})();
