"use strict";
// What the charts of all pages share. Names have the same pen in every chart: that of their place in the list.
const pageCharts = (names) => {
  const COLOURS = ["#3b82d9", "#d97b1f", "#2b9e66", "#cf4f70", "#8b63d6", "#1199ab", "#a67c1e", "#7b8794"];
  const DASHES = [[], [10, 5], [3, 3]];
  const LEGEND_DASHES = ["solid", "dashed", "dotted"];
  const HEIGHT = 320;
  const FONT = "12px system-ui, sans-serif";
  const hidden = new Set(); // names of lines that were switched off: off in every chart

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const figure = (v) =>
    v == null ? "" : v !== 0 && Math.abs(v) < 0.001 ? v.toExponential(1) : String(Number(v.toPrecision(3)));

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
  const draw = (place, title, x, lines, xAxis, yAxis, scales, { side = 46, ...more } = {}) => {
    const heading = document.createElement("h4");
    heading.textContent = title;
    const options = {
      width: place.clientWidth,
      height: HEIGHT,
      cursor: { focus: { prox: 24 }, drag: { x: true, y: true, uni: 20 } },
      focus: { alpha: 0.25 },
      legend: { markers: { dash: (u, i) => LEGEND_DASHES[DASHES.findIndex((d) => `${d}` === `${u.series[i].dash}`)] ?? "solid" } },
      scales,
      axes: [{ ...xAxis, size: 30 }, { ...yAxis, size: side }],
      series: [
        { label: xAxis.label, value: (u, v) => (v == null ? "" : xAxis.name ? xAxis.name(v) : v.toLocaleString("en")) },
        ...lines.map(({ values, ...line }) => ({
          points: { show: x.length <= 12, size: 7, fill: css("--ground") },
          value: (u, v) => figure(v),
          show: !hidden.has(line.label),
          ...line,
        })),
      ],
      ...more,
    };
    place.replaceChildren(heading);
    const chart = new uPlot(options, [x, ...lines.map((line) => line.values)], place);
    chart.root.querySelectorAll(".u-series").forEach((row, i) => {
      row.style.display = chart.series[i].unlisted ? "none" : "";
    });
    return chart;
  };

  const ascending = (values) => [...new Set(values)].sort((a, b) => a - b);
  const cut = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);

  // Rows one below the other; each has a name or two, and may have a middle, a thick interval, a thin, wider one, and a diamond.
  const forest = (place, title, rows, label, zero) => {
    const ends = rows
      .flatMap((r) => [...(r.thick ?? []), ...(r.thin ?? []), r.middle, r.diamond])
      .filter((v) => v != null)
      .concat(zero ? [0] : []);
    if (ends.length === 0) return null;
    const least = Math.min(...ends);
    const most = Math.max(...ends);
    const room = (most - least || 1) * 0.05;
    const x = [least - room, most + room];
    const letters = (place.clientWidth < 500 ? 18 : 44) / rows[0].names.length;
    const names = rows.map((r) => r.names.map((name) => cut(name, letters)).join(" − "));
    const across = (u, ctx, values, i, width) => {
      const y = u.valToPos(i, "y", true);
      ctx.lineWidth = width * devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(u.valToPos(values[0], "x", true), y);
      ctx.lineTo(u.valToPos(values[1], "x", true), y);
      ctx.stroke();
    };
    const marks = (u) => {
      const ctx = u.ctx;
      ctx.save();
      if (zero) {
        const at = u.valToPos(0, "x", true);
        ctx.strokeStyle = css("--quiet");
        ctx.lineWidth = devicePixelRatio;
        ctx.beginPath();
        ctx.moveTo(at, u.bbox.top);
        ctx.lineTo(at, u.bbox.top + u.bbox.height);
        ctx.stroke();
      }
      rows.forEach((row, i) => {
        ctx.strokeStyle = ctx.fillStyle = row.stroke;
        if (row.thin) across(u, ctx, row.thin, i, 1.5);
        if (row.thick) across(u, ctx, row.thick, i, 5);
        const y = u.valToPos(i, "y", true);
        const ring = (shape) => {
          ctx.beginPath();
          shape();
          ctx.closePath();
          ctx.fillStyle = css("--ground");
          ctx.fill();
          ctx.lineWidth = 2 * devicePixelRatio;
          ctx.stroke();
        };
        if (row.middle != null) {
          ring(() => ctx.arc(u.valToPos(row.middle, "x", true), y, (row.radius ?? 5) * devicePixelRatio, 0, 2 * Math.PI));
        }
        if (row.diamond != null) {
          const x = u.valToPos(row.diamond, "x", true);
          const r = 6 * devicePixelRatio;
          ctx.strokeStyle = css("--other");
          ring(() => [[0, -r], [r, 0], [0, r], [-r, 0]].forEach(([dx, dy]) => ctx.lineTo(x + dx, y + dy)));
        }
      });
      ctx.restore();
    };
    const side = 18 + 7 * Math.max(...names.map((n) => n.length));
    const chart = draw(place, title, x, [{ label: "", values: [null, null], stroke: "transparent" }],
      axis(label), axis(undefined, {
        splits: () => rows.map((r, i) => i),
        values: () => names,
        grid: { show: false },
      }), { x: { time: false, range: x }, y: { dir: -1, range: [-0.6, rows.length - 0.4] } },
      { height: 34 * rows.length + 70, legend: { show: false }, cursor: { show: false }, hooks: { draw: [marks] }, side });
    return chart;
  };

  const logarithmic = { x: { time: false, distr: 3 }, y: { distr: 3 } };

  // An axis of numbers that are whole.
  const whole = { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000, 100000] };

  // Marks on the axis where something was measured, and nowhere else; with names, they stand at 1, 2, 3 and so on.
  const given = (x, names) => ({
    splits: () => x,
    filter: (u, splits) => splits,
    ...(names ? { values: () => names, name: (v) => names[v - 1] } : {}),
  });

  // Draws every place by the chart of its name, which is given the place and returns what it drew, or null.
  let redraw = () => {};
  const run = (charts) => {
    const drawn = [];
    const places = [...document.querySelectorAll(".chart")];
    redraw = () => {
      drawn.splice(0).forEach((chart) => chart.destroy());
      for (const place of places) {
        place.hidden = false;
        const chart = charts[place.dataset.chart](place, Number(place.dataset.of));
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
        if (!line.unlisted) hidden[line.show ? "delete" : "add"](line.label);
      }
      redraw();
    });
    redraw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    addEventListener("resize", () =>
      drawn.forEach((chart) => chart.setSize({ width: chart.root.parentNode.clientWidth, height: chart.height })));
  };

  return { hidden, css, figure, pen, axis, draw, forest, logarithmic, whole, given, ascending, run, DASHES, redraw: () => redraw() };
};
