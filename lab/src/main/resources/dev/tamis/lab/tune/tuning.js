(() => {
  const found = JSON.parse(document.getElementById("document").textContent);
  const rounds = [...new Set(found.trials.map((t) => t.round))];
  const nameOf = (round) => (rounds.length > 1 ? `round ${round}` : "trials");
  const { css, pen, axis, draw, whole, given, run } = pageCharts(rounds.map(nameOf));
  const metric = found.metric;
  const value = (trial) => trial.validation?.[metric] ?? null;
  const isBest = (trial) => trial.round === found.best?.round && trial.number === found.best.number;
  const dots = (label, size) => ({ label, ...pen(label), paths: () => null, points: { show: true, size, fill: css("--ground") } });

  // The best trial, in the colour of no other.
  const crown = (values) => ({
    label: "best",
    values,
    stroke: css("--ink"),
    paths: () => null,
    points: { show: true, size: 11, fill: css("--ink") },
  });

  // Marks of a logarithmic axis, fewer where it is longer.
  const decades = (u, i, least, most) => {
    const digits = most / least > 3000 ? [1] : most / least > 30 ? [1, 3] : [1, 2, 5];
    const marks = [];
    for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power++) {
      marks.push(...digits.map((digit) => Number(`${digit}e${power}`)));
    }
    return marks.filter((mark) => mark >= least && mark <= most);
  };

  const charts = {
    order(place) {
      const trials = found.trials;
      if (trials.filter((t) => value(t) !== null).length < 2) return null;
      let best = null;
      const front = trials.map((trial, i) => {
        if (i > 0 && trial.round !== trials[i - 1].round) best = null; // with other epochs, values are others
        if (value(trial) !== null) best = Math.max(best ?? -Infinity, value(trial));
        return best;
      });
      const x = trials.map((t, i) => i + 1);
      const title = `${metric} of each trial in order, and the best so far` + (rounds.length > 1 ? " in its round" : "");
      return draw(place, title, x, [
        {
          label: "best so far",
          values: front,
          stroke: css("--quiet"),
          width: 1.5,
          points: { show: false },
          paths: uPlot.paths.stepped({ align: 1 }),
        },
        crown(trials.map((t) => (isBest(t) ? value(t) : null))),
        ...rounds.map((round) => ({ ...dots(nameOf(round), 7), values: trials.map((t) => (t.round === round ? value(t) : null)) })),
      ], axis("trial", whole), axis(metric), { x: { time: false, range: [0.5, x.length + 0.5] } });
    },

    option(place, number) {
      const { option, values, logarithmic } = found.space[number];
      const at = (trial) => (values ? values.indexOf(trial.options[option]) + 1 : Number(trial.options[option]));
      const trials = found.trials.filter((t) => value(t) !== null).sort((a, b) => at(a) - at(b));
      if (new Set(trials.map(at)).size < 2) return null;
      const range = values ? [0.7, values.length + 0.3] : undefined;
      const xAxis = axis(option, values
        ? given(values.map((v, i) => i + 1), values)
        : logarithmic ? { splits: decades, filter: (u, marks) => marks } : {});
      const scale = logarithmic
        ? { time: false, distr: 3, range: (u, least, most) => [least / 1.3, most * 1.3] }
        : { time: false, ...(range ? { range } : {}) };
      return draw(place, `${metric} by ${option}`, trials.map(at), [
        crown(trials.map((t) => (isBest(t) ? value(t) : null))),
        ...rounds.map((round) => ({ ...dots(nameOf(round), 8), values: trials.map((t) => (t.round === round ? value(t) : null)) })),
      ], xAxis, axis(metric), { x: scale });
    },
  };

  run(charts);
})();
