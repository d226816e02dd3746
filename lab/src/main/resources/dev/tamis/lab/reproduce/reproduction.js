(() => {
  const found = JSON.parse(document.getElementById("document").textContent);
  const points = found.lines.filter((line) => line.point);
  const curves = [...new Set(found.lines.map((line) => line.point?.curve ?? line.label))];
  const { css, pen, axis, draw, forest, given, run, DASHES } = pageCharts(curves);
  const bars = found.seeds.length > 1 ? `bars: standard deviation over ${found.seeds.length} seeds` : "one seed";
  const around = ({ mean, deviation }) => (deviation == null ? undefined : [mean - deviation, mean + deviation]);

  const beside = (place, metric) =>
    forest(place, `${metric}: ○ ours, ${bars}` + (found.dataset ? `; ◇ printed for ${found.dataset}` : ""),
      found.lines.map((line) => {
        const value = line.metrics[metric];
        return {
          names: [line.label],
          middle: value.mean,
          radius: 4,
          thin: around(value),
          diamond: value.printed,
          stroke: css("--mark"),
        };
      }), metric, false);

  // Lines with bars from end to end around their points.
  const barred = (place, title, x, lines, around, xAxis, yAxis) => {
    const whiskers = (u) => {
      const ctx = u.ctx;
      ctx.save();
      ctx.lineWidth = 1.5 * devicePixelRatio;
      lines.forEach((line, i) => {
        if (!u.series[i + 1].show) return;
        ctx.strokeStyle = line.stroke;
        line.found.forEach((value, at) => {
          const ends = value && around(value);
          if (!ends) return;
          const left = u.valToPos(x[at], "x", true);
          const [low, high] = ends.map((end) => u.valToPos(end, "y", true));
          const cap = 4 * devicePixelRatio;
          ctx.beginPath();
          ctx.moveTo(left, low);
          ctx.lineTo(left, high);
          for (const end of [low, high]) {
            ctx.moveTo(left - cap, end);
            ctx.lineTo(left + cap, end);
          }
          ctx.stroke();
        });
      });
      ctx.restore();
    };
    const ends = lines.flatMap((line) => line.found.flatMap((value) => (value?.mean != null ? [value.mean, ...(around(value) ?? [])] : [])));
    const room = (Math.max(...ends) - Math.min(...ends) || 0.01) * 0.05;
    return draw(place, title, x, lines, xAxis, yAxis, {
      x: { time: false, range: [0.7, x.length + 0.3] },
      y: { range: [Math.min(...ends) - room, Math.max(...ends) + room] },
    }, { hooks: { draw: [whiskers] } });
  };

  // A curve through the points of each name; a line that is no point of a curve is level.
  const along = (place, metric) => {
    const option = points[0].point.option;
    const values = [...new Set(points.map((line) => line.point.value))].sort((a, b) => a - b);
    const x = values.map((value, i) => i + 1);
    const of = (curve, value) =>
      found.lines.find((line) => (line.point ? line.point.curve === curve && line.point.value === value : line.label === curve))
        ?.metrics[metric];
    const lines = curves
      .map((curve) => ({ label: curve, found: values.map((value) => of(curve, value)), ...pen(curve) }))
      .filter((line) => line.found.some((value) => value?.mean != null))
      .map((line) => ({
        ...line,
        values: line.found.map((value) => value?.mean ?? null),
        ...(found.lines.some((l) => !l.point && l.label === line.label) ? { dash: DASHES[1], points: { show: false } } : {}),
      }));
    if (lines.length === 0) return null;
    return barred(place, `${metric}, ${bars}`, x, lines, around, axis(option, given(x, values)), axis(metric));
  };

  // By how active users are, with a standard error on either side.
  const activity = (place) => {
    const parts = found.by_activity;
    const x = parts.map((part, i) => i + 1);
    const names = parts.map((p) => (p.fewest_items === p.most_items ? `${p.most_items}` : `${p.fewest_items}–${p.most_items}`));
    const lines = parts[0].lines.map(({ label }, l) => {
      const of = parts.map((part) => part.lines[l]);
      return { label, found: of, values: of.map((value) => value.mean), ...pen(label) };
    });
    return barred(place, `${found.metrics[0]}, bars: one standard error over users`, x, lines,
      (value) => [value.mean - value.standard_error, value.mean + value.standard_error],
      axis("known items of a user", given(x, names)), axis(found.metrics[0]));
  };

  run({
    metric: (place, number) => (points.length > 0 ? along : beside)(place, found.metrics[number]),
    activity,
  });
})();
