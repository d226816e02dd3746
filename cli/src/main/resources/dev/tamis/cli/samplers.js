"use strict";
(() => {
  const found = JSON.parse(document.getElementById("document").textContent);
  const COLOURS = ["#3b82d9", "#d97b1f", "#2b9e66", "#cf4f70", "#8b63d6", "#1199ab", "#a67c1e", "#7b8794"];
  const DASHES = [[], [10, 5], [3, 3]];
  const LEGEND_DASHES = ["solid", "dashed", "dotted"];
  const HEIGHT = 320;
  const FONT = "12px system-ui, sans-serif";
  const hidden = new Set(); // names of lines that were switched off: off in every chart
  let dots = false; // whether cumulative charts show what was drawn, too

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const figure = (v) =>
    v == null ? "" : v !== 0 && Math.abs(v) < 0.001 ? v.toExponential(1) : String(Number(v.toPrecision(3)));

  // A sampler has the same pen in every chart: that of its place among all names.
  const names = [...new Set(found.models.flatMap((model) => model.samplers.map((s) => s.name)))];
  const pen = (name) => {
    const i = names.indexOf(name);
    const stroke = COLOURS[i % COLOURS.length];
    return { stroke, width: 2, dash: DASHES[Math.floor(i / COLOURS.length) % DASHES.length] };
  };

  const axis = (label, extra) => ({
    label,
    labelSize: 20,
    labelGap: 2,
    labelFont: FONT,
    font: FONT,
    stroke: css("--quiet"),
    grid: { stroke: css("--grid"), width: 1 },
    ticks: { stroke: css("--line"), width: 1, size: 4 },
    values: (u, splits) => splits.map((v) => (v == null ? "" : v >= 1000 ? v.toLocaleString("en") : figure(v))),
    ...extra,
  });

  // The lines are drawn in their order; each has a label, values and a pen.
  const draw = (place, title, x, lines, xAxis, yAxis, scales) => {
    const heading = document.createElement("h4");
    heading.textContent = title;
    const options = {
      width: place.clientWidth,
      height: HEIGHT,
      cursor: { focus: { prox: 24 }, drag: { x: true, y: true, uni: 20 } },
      focus: { alpha: 0.25 },
      legend: { markers: { dash: (u, i) => LEGEND_DASHES[DASHES.findIndex((d) => `${d}` === `${u.series[i].dash}`)] ?? "solid" } },
      scales,
      axes: [{ ...xAxis, size: 30 }, { ...yAxis, size: 46 }],
      series: [
        { label: xAxis.label, value: (u, v) => (v == null ? "" : v.toLocaleString("en")) },
        ...lines.map(({ values, ...line }) => ({
          points: { show: x.length <= 12, size: 7, fill: css("--ground") },
          value: (u, v) => figure(v),
          show: !hidden.has(line.label),
          ...line,
        })),
      ],
    };
    place.replaceChildren(heading);
    const chart = new uPlot(options, [x, ...lines.map((line) => line.values)], place);
    chart.root.querySelectorAll(".u-series").forEach((row, i) => {
      row.style.display = chart.series[i].dots ? "none" : "";
    });
    return chart;
  };

  const bySize = (place, model, title, measure) => {
    const measured = model.samplers.filter((s) => s.gradient.length > 0);
    if (measured.length === 0) return null;
    const x = measured[0].gradient.map((g) => g.size);
    const lines = measured.map((s) => ({
      label: s.name,
      values: s.gradient.map((g) => (g[measure] > 0 ? g[measure] : null)), // 0 has no logarithm
      ...pen(s.name),
    }));
    return draw(place, title, x, lines, axis("drawn items", given(x)), axis("share of its length"), logarithmic);
  };

  const logarithmic = { x: { time: false, distr: 3 }, y: { distr: 3 } };

  // Marks on the axis where something was measured, and nowhere else.
  const given = (x) => ({ splits: () => x, filter: (u, splits) => splits });

  const charts = {
    cumulative(place, model) {
      const curves = model.curves;
      const lines = model.samplers.map((s) => ({ label: s.name, values: s.curve, ...pen(s.name) }));
      for (const s of model.samplers) {
        const stroke = pen(s.name).stroke;
        lines.push({
          label: s.name + ", drawn",
          values: s.curve_of_draws.map((v, i) => (i % 4 === 0 ? v : null)),
          stroke,
          dots: s.name,
          show: dots && !hidden.has(s.name),
          paths: () => null,
          points: { show: true, size: 7, fill: css("--ground") },
        });
      }
      const ink = { stroke: css("--ink"), width: 3 };
      lines.push({ label: "softmax", values: curves.softmax_unseen, ...ink });
      if (curves.softmax_all) {
        lines.push({ label: "softmax of all items", values: curves.softmax_all, ...ink, dash: DASHES[2] });
      }
      const chart = draw(place, "Cumulative probability over items by popularity", curves.items, lines,
        axis("items, the most popular first"), axis("probability"), { x: { time: false }, y: { range: [0, 1] } });
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = dots;
      box.addEventListener("change", () => {
        dots = box.checked;
        drawAll();
      });
      label.append(box, " show what was drawn, too");
      place.append(label);
      return chart;
    },
    bias: (place, model) => bySize(place, model, "Bias of the gradient", "bias"),
    spread: (place, model) => bySize(place, model, "Spread of one estimate of the gradient", "spread"),
    times(place, model) {
      const timed = model.times.samplers;
      const x = timed[0].draws.map((d) => d.size);
      const lines = timed.map((s) => ({ label: s.name, values: s.draws.map((d) => d.nanoseconds), ...pen(s.name) }));
      return draw(place, "Time of a draw", x, lines,
        axis("drawn at a time", given(x)), axis("nanoseconds"), logarithmic);
    },
    progress(place) {
      if (found.models.length < 2) return null;
      const epochs = found.models.map((model) => model.epochs);
      const ascending = epochs.every((e, i) => i === 0 || e > epochs[i - 1]);
      const x = ascending ? epochs : epochs.map((e, i) => i + 1);
      const lines = names.map((name) => ({
        label: name,
        values: found.models.map((model) => model.samplers.find((s) => s.name === name)?.kl.mean ?? null),
        ...pen(name),
      }));
      return draw(place, "Divergence from the softmax, by model", x, lines,
        axis(ascending ? "epochs" : "model, in the order given", given(x)), axis("KL in nats"), { x: { time: false } });
    },
  };

  const drawn = [];
  const places = [...document.querySelectorAll(".chart")];
  const drawAll = () => {
    drawn.splice(0).forEach((chart) => chart.destroy());
    for (const place of places) {
      const chart = charts[place.dataset.chart](place, found.models[place.dataset.model]);
      place.hidden = chart === null;
      if (chart) drawn.push(chart);
    }
  };
  // A click on a name in a legend switches its line off, or on again, in every chart.
  document.addEventListener("click", (event) => {
    const row = event.target.closest(".u-series");
    const chart = row && drawn.find((c) => c.root.contains(row));
    if (!chart) return;
    for (const line of chart.series.slice(1)) {
      if (!line.dots) hidden[line.show ? "delete" : "add"](line.label);
    }
    drawAll();
  });
  drawAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  addEventListener("resize", () =>
    drawn.forEach((chart) => chart.setSize({ width: chart.root.parentNode.clientWidth, height: HEIGHT })));
})();
