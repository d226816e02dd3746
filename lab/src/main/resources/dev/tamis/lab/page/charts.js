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
        { label: xAxis.label, value: (u, v) => (v == null ? "" : v.toLocaleString("en")) },
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

  const logarithmic = { x: { time: false, distr: 3 }, y: { distr: 3 } };

  // Marks on the axis where something was measured, and nowhere else.
  const given = (x) => ({ splits: () => x, filter: (u, splits) => splits });

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

  return { hidden, css, figure, pen, axis, draw, logarithmic, given, run, DASHES, redraw: () => redraw() };
};
