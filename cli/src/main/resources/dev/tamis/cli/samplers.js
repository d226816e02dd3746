(() => {
  const found = JSON.parse(document.getElementById("document").textContent);
  const names = [...new Set(found.models.flatMap((model) => model.samplers.map((s) => s.name)))];
  const { hidden, css, pen, axis, draw, logarithmic, given, run, redraw, DASHES } = pageCharts(names);
  let dots = false; // whether cumulative charts show what was drawn, too

  const bySize = (place, number, title, measure) => {
    const model = found.models[number];
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

  // A logarithmic axis that ends a little beyond what was measured.
  const wide = { time: false, distr: 3, range: (u, least, most) => [least / 1.1, most * 1.1] };

  const densities = (place, number, title, measure) => {
    const model = found.models[number];
    const lines = model.samplers.map((s) => ({ label: s.name, values: s[measure], ...pen(s.name) }));
    return draw(place, title, model.density_nats, lines,
      axis("KL in nats"), axis("density over users"), { x: { time: false } });
  };

  // By the values of the swept option; samplers that have it not are level.
  const sweep = (place, number, title, unit, swept, level, y) => {
    const { option, values } = found.models[number].sweep;
    const numbers = values.map(Number);
    const positive = numbers.every((v) => v > 0);
    const x = positive ? numbers : values.map((v, i) => i + 1);
    const order = x.map((v, i) => i).sort((a, b) => x[a] - x[b]);
    const lines = found.models[number].samplers.map((s) => {
      const moved = swept(s.name);
      return {
        label: s.name,
        values: order.map((i) => (moved ? moved[i] : level(s))),
        ...pen(s.name),
      };
    });
    const ascending = order.map((i) => x[i]);
    return draw(place, title, ascending, lines,
      axis(option, positive ? given(ascending) : given(ascending, values)), axis(unit),
      { x: positive ? wide : { time: false }, y });
  };

  const sweepTimes = (place, number, which) => {
    const { sweep: swept, samplers: timed } = found.models[number].times;
    const sizes = timed[0].draws.map((d) => d.size).sort((a, b) => a - b);
    const size = sizes.at(which);
    const micros = (times) => {
      const drawn = times?.draws.find((d) => d.size === size);
      return drawn ? (drawn.nanoseconds * size) / 1000 : null;
    };
    return sweep(place, number, "Time of " + size.toLocaleString("en") + " draws for a user", "microseconds",
      (name) => swept.find((s) => s.name === name)?.values.map(micros),
      (s) => micros(timed.find((t) => t.name === s.name)), { distr: 3 });
  };

  const times = (place, number, title, unit, measure) => {
    const timed = found.models[number].times.samplers;
    const x = timed[0].draws.map((d) => d.size);
    const lines = timed.map((s) => ({ label: s.name, values: s.draws.map(measure), ...pen(s.name) }));
    return draw(place, title, x, lines, axis("drawn at a time", given(x)), axis(unit), logarithmic);
  };

  const charts = {
    cumulative(place, number) {
      const model = found.models[number];
      const curves = model.curves;
      const lines = model.samplers.map((s) => ({ label: s.name, values: s.curve, ...pen(s.name) }));
      for (const s of model.samplers) {
        const stroke = pen(s.name).stroke;
        lines.push({
          label: s.name + ", drawn",
          values: s.curve_of_draws.map((v, i) => (i % 4 === 0 ? v : null)),
          stroke,
          unlisted: true,
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
        redraw();
      });
      label.append(box, " show what was drawn, too");
      place.append(label);
      return chart;
    },
    bias: (place, number) => bySize(place, number, "Bias of the gradient", "bias"),
    spread: (place, number) => bySize(place, number, "Spread of one estimate of the gradient", "spread"),
    density: (place, number) => densities(place, number, "Divergence of the law", "kl_density"),
    "density-of-draws": (place, number) =>
      densities(place, number, "Divergence of all draws", "kl_of_draws_density"),
    draws(place, number) {
      const model = found.models[number];
      const x = model.samplers[0].kl_of_draws.map((d) => d.draws);
      const lines = model.samplers.map((s) => ({
        label: s.name,
        values: s.kl_of_draws.map((d) => d.mean),
        ...pen(s.name),
      }));
      return draw(place, "Divergence of what was drawn", x, lines,
        axis("draws", given(x)), axis("KL in nats"), { x: wide });
    },
    sweep(place, number) {
      const { option, samplers } = found.models[number].sweep;
      return sweep(place, number, "Divergence from the softmax, by " + option, "KL in nats",
        (name) => samplers.find((s) => s.name === name)?.kl.map((v) => v?.mean ?? null),
        (s) => s.kl.mean, {});
    },
    "sweep-fewest": (place, number) => sweepTimes(place, number, 0),
    "sweep-most": (place, number) => sweepTimes(place, number, -1),
    "row-times": (place, number) =>
      times(place, number, "Time of all draws for a user", "microseconds", (d) => (d.nanoseconds * d.size) / 1000),
    times: (place, number) => times(place, number, "Time of a draw", "nanoseconds", (d) => d.nanoseconds),
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

  run(charts);
})();
