(() => {
  const found = JSON.parse(document.getElementById("document").textContent);
  const contenders = found.contenders ?? [];
  const { css, pen, axis, draw, forest, whole, given, ascending, run, DASHES } = pageCharts(contenders.map((c) => c.name));
  const metric = found.metric;
  const clock = new Map((found.times?.contenders ?? []).map((c) => [c.name, c]));

  const bySlice = (place, title, of, fewest, most, label, what) => {
    const slices = contenders[0]?.[of] ?? [];
    if (slices.length < 2) return null;
    const x = slices.map((s, i) => i + 1);
    const names = slices.map((s) => (s[fewest] === s[most] ? `${s[most]}` : `${s[fewest]}–${s[most]}`));
    const lines = contenders.map((c) => ({ label: c.name, values: c[of].map((s) => s.mean), ...pen(c.name) }));
    return draw(place, title, x, lines, axis(label, given(x, names)), axis(what),
      { x: { time: false, range: [0.7, x.length + 0.3] } });
  };

  const charts = {
    means: (place) =>
      forest(place, `${metric}, with 95% intervals over users`,
        [...contenders].sort((a, b) => b.metrics[metric].mean - a.metrics[metric].mean).map((c) => ({
          names: [c.name],
          middle: c.metrics[metric].mean,
          thick: c.metrics[metric].interval,
          stroke: pen(c.name).stroke,
        })), metric, false),
    pairs: (place) =>
      forest(place, "Differences: thick over users, thin over users and seeds",
        found.pairs.map((p) => ({
          names: [p.a, p.b],
          middle: p.difference,
          thick: p.interval_over_users,
          thin: p.users_and_seeds?.interval,
          stroke: p.a_better || p.b_better ? pen(p.a_better ? p.a : p.b).stroke : css("--quiet"),
        })), `difference of ${metric}`, true),
    times(place) {
      if (clock.size === 0) return null;
      const seconds = (name) => Math.max(0.001, clock.get(name).train_seconds);
      const x = ascending(contenders.map((c) => seconds(c.name)));
      const lines = contenders.map((c) => ({
        label: c.name,
        values: x.map((s) => (s === seconds(c.name) ? c.metrics[metric].mean : null)),
        ...pen(c.name),
        points: { show: true, size: 11, fill: pen(c.name).stroke },
      }));
      const front = found.times.pareto;
      lines.unshift({
        label: "front",
        values: x.map((s) => contenders.find((c) => front.includes(c.name) && seconds(c.name) === s)?.metrics[metric].mean ?? null),
        stroke: css("--quiet"),
        width: 1,
        dash: DASHES[1],
        spanGaps: true,
        points: { show: false },
      });
      const labels = (u) => {
        const ctx = u.ctx;
        ctx.save();
        ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
        ctx.textBaseline = "middle";
        ctx.fillStyle = css("--ink");
        const taken = []; // a name that would stand on another is left to the legend
        u.series.forEach((series, i) => {
          const at = i > 1 && series.show ? u.data[i].findIndex((v) => v != null) : -1;
          if (at < 0) return;
          const left = u.valToPos(u.data[0][at], "x", true);
          const before = left > u.bbox.left + u.bbox.width / 2;
          ctx.textAlign = before ? "right" : "left";
          const x = left + (before ? -12 : 12) * devicePixelRatio;
          const y = u.valToPos(u.data[i][at], "y", true);
          const width = ctx.measureText(series.label).width;
          const from = before ? x - width : x;
          const height = 14 * devicePixelRatio;
          if (taken.some((t) => Math.abs(t.y - y) < height && from < t.to && t.from < from + width)) return;
          taken.push({ y, from, to: from + width });
          ctx.fillText(series.label, x, y);
        });
        ctx.restore();
      };
      return draw(place, "Quality against seconds of training", x, lines,
        axis("seconds of training (mean over seeds)"), axis(metric),
        { x: { time: false, distr: 3, range: (u, least, most) => [least / 1.6, most * 1.6] } }, { hooks: { draw: [labels] } });
    },
    curves(place) {
      const curves = contenders.flatMap((c) =>
        c.trials.map((t, seed) => ({ name: c.name, seed, at: t.curve.filter((e) => e.validation?.[metric] != null) })));
      const measured = curves.filter((c) => c.at.length > 1);
      if (measured.length === 0) return null;
      const x = ascending(measured.flatMap((c) => c.at.map((e) => e.epoch)));
      const lines = measured.map((c) => {
        const of = new Map(c.at.map((e) => [e.epoch, e.validation[metric]]));
        return { label: c.name, values: x.map((e) => of.get(e) ?? null), ...pen(c.name), width: 1.5, spanGaps: true, unlisted: c.seed > 0 };
      });
      return draw(place, `Validation, ${metric} after each epoch, a line a seed`, x, lines,
        axis("epoch", whole), axis(metric), { x: { time: false } });
    },
    activity: (place) =>
      bySlice(place, "By how active users are", "by_activity", "fewest_items", "most_items", "known items of a user", metric),
    popularity: (place) =>
      bySlice(place, "By how popular the items to be found are", "by_popularity", "fewest_users", "most_users", "users of an item", found.popularity_metric),
  };

  run(charts);
})();
