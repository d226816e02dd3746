package dev.tamis.eval.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.FactorModel;
import dev.tamis.model.Initial;
import dev.tamis.model.PairModel;
import dev.tamis.model.Table;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.BestOfProposal;
import dev.tamis.sample.proposal.PopularityProposal;
import dev.tamis.sample.proposal.SoftmaxPoolProposal;
import dev.tamis.sample.proposal.UniformProposal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured of samplers, against what can be computed otherwise. */
class SamplerProbeTest {
  /** User 0 has item 0; scores of the others are ln 1, ln 2, ln 5, so the softmax is 1:2:5. */
  private static final Interactions FOUR =
      SmallData.of(4, new int[] {0}, new int[] {0, 3}, new int[] {3, 1, 0});

  private static final Table ONES = new Table("users", 3, 1, new float[] {1, 1, 1});
  private static final Table LOGS =
      new Table("items", 4, 1, new float[] {3, 0, (float) Math.log(2), (float) Math.log(5)});

  private static final Interactions TAIL = SmallData.longTailed(150, 60, 20, 3);
  private static final int DIM = 5;
  private static final Table USERS = Initial.normal(new Table("users", 150, DIM), 4, 0.9);
  private static final Table ITEMS = Initial.normal(new Table("items", 60, DIM), 5, 0.9);

  private static SamplerReport measure(
      Interactions train, Table users, Table items, ProbeOptions options, Proposal proposal) {
    try (Workers workers = new Workers(1)) {
      return new SamplerProbe(train, new FactorModel(users, items).pairs(), options, workers)
          .measure(proposal);
    }
  }

  private static SamplerReport measured(ProbeOptions options, Proposal proposal) {
    return measure(TAIL, USERS, ITEMS, options, proposal);
  }

  @Test
  void divergenceOfUniformByHand() {
    ProbeOptions options = new ProbeOptions(1, 1, List.of(100), List.of(), 2);
    Interactions one = SmallData.of(4, new int[] {0});
    Table user = new Table("users", 1, 1, new float[] {1});

    SamplerReport report =
        measure(one, user, LOGS, options, new UniformProposal(new PositiveSets(one)));

    // A third each against 1/8, 2/8 and 5/8.
    double byHand = Math.log(8.0 / 3) - Math.log(10) / 3;
    assertThat(report.divergence().mean()).isCloseTo(byHand, within(1e-7));
    assertThat(report.divergence().median()).isEqualTo(report.divergence().mean());
    assertThat(report.drawnMost().surplus()).isEqualTo(2 / 200.0);
    assertThat(report.trials().mean()).isEqualTo(4 / 3.0);
    assertThat(report.drawsPositives()).isFalse();
  }

  /** Item 0 and 3 were seen three and two times, item 1 once, item 2 never. */
  @Test
  void cumulativeCurvesByHand() {
    ProbeOptions options = new ProbeOptions(3, 1, List.of(10), List.of(), 2);
    try (Workers workers = new Workers(1)) {
      SamplerProbe probe =
          new SamplerProbe(FOUR, new FactorModel(ONES, LOGS).pairs(), options, workers);

      assertThat(probe.curveItems()).containsExactly(0, 1, 2, 3, 4);
      // Of those without the user's own: 5:1:2, then 1:2, then item 2 alone.
      assertThat(probe.softmax(false))
          .containsExactly(new double[] {0, 0, 5 / 24.0, (6 / 8.0 + 1 / 3.0) / 3, 1}, within(1e-7));
      double whole = Math.exp(3) + 8;
      assertThat(probe.softmax(true))
          .containsExactly(
              new double[] {
                0, Math.exp(3) / whole, (Math.exp(3) + 5) / whole, (Math.exp(3) + 6) / whole, 1
              },
              within(1e-7));
      SamplerReport uniform = probe.measure(new UniformProposal(new PositiveSets(FOUR)));
      assertThat(uniform.law())
          .containsExactly(new double[] {0, 0, 1 / 9.0, (2 / 3.0 + 1 / 2.0) / 3, 1}, within(1e-12));
    }
  }

  @Test
  void softmaxItselfHasNoDivergenceAndNoBias() {
    ProbeOptions options = new ProbeOptions(60, 2, List.of(50_000), List.of(5, 20), 1000);
    for (boolean drawsPositives : new boolean[] {false, true}) {
      SamplerReport report = measured(options, new TemperedSoftmax(TAIL, ITEMS, 1, drawsPositives));

      assertThat(report.drawsPositives()).isEqualTo(drawsPositives);
      assertThat(report.divergence().high()).isBetween(0.0, 1e-9);
      assertThat(report.drawnMost().spread().mean())
          .isCloseTo(report.drawnMost().surplus(), within(0.1 * report.drawnMost().surplus()));
      assertThat(report.trials().mean()).isEqualTo(1);
      for (GradientError gradient :
          drawsPositives ? List.<GradientError>of() : report.gradients()) {
        // 300 coordinates: the error of the mean has a spread of 4 % of chance.
        assertThat(gradient.errorOfMean())
            .isBetween(0.8 * gradient.chance(), 1.2 * gradient.chance());
        assertThat(gradient.spread()).isCloseTo(gradient.chance() * Math.sqrt(1000), within(1e-12));
      }
    }
  }

  /** The spread of a mean of n draws, which the softmax draws without bias, falls with root n. */
  @Test
  void spreadFallsWithTheRootOfTheSize() {
    SamplerReport report =
        measured(
            new ProbeOptions(60, 2, List.of(10), List.of(4, 64), 500),
            new TemperedSoftmax(TAIL, ITEMS, 1, false));

    assertThat(report.gradients().get(0).spread() / report.gradients().get(1).spread())
        .isCloseTo(4, within(0.05));
  }

  @Test
  void frequenciesOfDrawsComeNearTheLaw() {
    SamplerReport report =
        measured(
            new ProbeOptions(60, 2, List.of(100_000), List.of(), 2),
            new PopularityProposal(TAIL, new PositiveSets(TAIL), Popularity.COUNT));

    assertThat(report.divergence().mean()).isGreaterThan(0.1);
    assertThat(report.drawnMost().spread().mean() - report.drawnMost().surplus())
        .isCloseTo(report.divergence().mean(), within(0.002));
    assertThat(report.drawnLaw()).containsExactly(report.law(), within(0.002));
  }

  /** What was drawn first is the same, however much is drawn after it. */
  @Test
  void divergenceIsLookedAtOnTheWay() {
    Proposal even = new UniformProposal(new PositiveSets(TAIL));
    List<Integer> numbers = List.of(1, 1000, 2500, 100_000);
    SamplerReport all = measured(new ProbeOptions(60, 2, numbers, List.of(), 2), even);
    for (int n = 1; n < 3; n++) {
      SamplerReport one =
          measured(new ProbeOptions(60, 2, List.of(numbers.get(n)), List.of(), 2), even);
      assertThat(all.drawn().get(n).byUser()).isEqualTo(one.drawnMost().byUser());
      assertThat(all.drawn().get(n).surplus()).isEqualTo(one.drawnMost().surplus());
    }

    double before = Double.POSITIVE_INFINITY;
    for (DrawnDivergence drawn : all.drawn()) {
      assertThat(drawn.spread().mean()).isLessThan(before);
      before = drawn.spread().mean();
    }
    assertThat(before).isCloseTo(all.divergence().mean(), within(0.002));
  }

  /** Its draws have a law of their own, though it does not know the probability of one. */
  @Test
  void bestOfSomeIsNoPool() {
    PairModel model = new FactorModel(USERS, ITEMS).pairs();
    Proposal best = new BestOfProposal(new PositiveSets(TAIL), 4, DIM);
    SamplerReport report;
    try (Workers workers = new Workers(1)) {
      best.refresh(model, 1, 0, workers);
      report = measured(new ProbeOptions(60, 2, List.of(100_000), List.of(20), 500), best);
    }

    assertThat(report.givenPool()).isFalse();
    assertThat(report.gradients()).hasSize(1);
    assertThat(report.drawnLaw()).containsExactly(report.law(), within(0.002));
  }

  /** With one drawn item there are as many estimates as items: their mean can be enumerated. */
  @Test
  void biasOfOneDrawnItemByEnumeration() {
    Interactions one = SmallData.of(4, new int[] {0});
    Table user = new Table("users", 1, 1, new float[] {1});
    SamplerReport report =
        measure(
            one,
            user,
            LOGS,
            new ProbeOptions(1, 1, List.of(10), List.of(1), 200_000),
            new UniformProposal(new PositiveSets(one)));

    double[] v = {3, 0, Math.log(2), Math.log(5)};
    double e = Math.exp(3);
    double exact = -v[0];
    double mean = -v[0];
    double square = 0;
    for (int j = 0; j < 4; j++) {
      exact += Math.exp(v[j]) / (e + 8) * v[j];
    }
    for (int j = 1; j < 4; j++) {
      // The score of the drawn item is v_j - ln(1 / 3).
      double p = e / (e + 3 * Math.exp(v[j]));
      mean += (p * v[0] + (1 - p) * v[j]) / 3;
      square += Math.pow((1 - p) * (v[j] - v[0]), 2) / 3;
    }
    GradientError gradient = report.gradients().get(0);
    double bias = Math.abs(mean - exact) / Math.abs(exact);
    double spread = Math.sqrt(square - mean * mean) / Math.abs(exact);
    assertThat(bias).isGreaterThan(10 * gradient.chance());
    assertThat(gradient.errorOfMean()).isCloseTo(bias, within(5 * gradient.chance()));
    assertThat(gradient.bias()).isCloseTo(bias, within(5 * gradient.chance()));
    assertThat(gradient.spread()).isCloseTo(spread, within(0.01 * spread));
  }

  /** Two are drawn evenly of all items, the positive among them, which then is no candidate. */
  @Test
  void drawnPositiveDoesNotCount() {
    Interactions one = SmallData.of(4, new int[] {0});
    Table user = new Table("users", 1, 1, new float[] {1});
    SamplerReport report =
        measure(
            one,
            user,
            LOGS,
            new ProbeOptions(1, 1, List.of(10), List.of(2), 200_000),
            new TemperedSoftmax(one, LOGS, 1e9, true));

    double[] v = {3, 0, Math.log(2), Math.log(5)};
    double exact = -v[0];
    for (int j = 0; j < 4; j++) {
      exact += Math.exp(v[j]) / (Math.exp(3) + 8) * v[j];
    }
    double mean = 0;
    for (int first = 0; first < 4; first++) {
      for (int second = 0; second < 4; second++) {
        // A drawn item has the mass exp(v_j) / (2 / 4), the positive its own.
        double firstMass = first == 0 ? 0 : 2 * Math.exp(v[first]);
        double secondMass = second == 0 ? 0 : 2 * Math.exp(v[second]);
        double all = Math.exp(3) + firstMass + secondMass;
        mean += (firstMass * (v[first] - v[0]) + secondMass * (v[second] - v[0])) / all / 16;
      }
    }
    GradientError gradient = report.gradients().get(0);
    double bias = Math.abs(mean - exact) / Math.abs(exact);
    assertThat(bias).isGreaterThan(10 * gradient.chance());
    assertThat(gradient.errorOfMean()).isCloseTo(bias, within(5 * gradient.chance()));
  }

  @Test
  void furtherFromTheSoftmaxIsMoreBias() {
    ProbeOptions options = new ProbeOptions(60, 2, List.of(1000), List.of(5, 50), 1000);
    SamplerReport near = measured(options, new TemperedSoftmax(TAIL, ITEMS, 1.5, false));
    SamplerReport far = measured(options, new UniformProposal(new PositiveSets(TAIL)));

    assertThat(far.divergence().mean()).isGreaterThan(2 * near.divergence().mean());
    for (int s = 0; s < 2; s++) {
      assertThat(far.gradients().get(s).bias()).isGreaterThan(2 * near.gradients().get(s).bias());
    }
    assertThat(far.gradients().get(1).bias()).isLessThan(0.5 * far.gradients().get(0).bias());
  }

  /** More users than a block has, more threads than one. */
  @Test
  void threadsDoNotShow() {
    ProbeOptions options = new ProbeOptions(140, 7, List.of(1500), List.of(3), 20);
    PairModel model = new FactorModel(USERS, ITEMS).pairs();
    SamplerReport[] reports = new SamplerReport[2];
    double[][] softmax = new double[2][];
    for (int i = 0; i < 2; i++) {
      try (Workers workers = new Workers(i == 0 ? 1 : 3)) {
        SamplerProbe probe = new SamplerProbe(TAIL, model, options, workers);
        assertThat(probe.users()).isEqualTo(140);
        reports[i] = probe.measure(new UniformProposal(new PositiveSets(TAIL)));
        softmax[i] = probe.softmax(false);
      }
    }
    assertThat(softmax[1]).isEqualTo(softmax[0]);
    assertThat(reports[1]).usingRecursiveComparison().isEqualTo(reports[0]);
  }

  /** Of a pool there is the law given the pool, and no sampled softmax. */
  @Test
  void poolsAreMeasuredAsTheyAre() {
    PairModel model = new FactorModel(USERS, ITEMS).pairs();
    Proposal pools = new SoftmaxPoolProposal(TAIL, new PositiveSets(TAIL), 0, 20_000);
    SamplerReport report;
    double[] softmax;
    try (Workers workers = new Workers(1)) {
      SamplerProbe probe =
          new SamplerProbe(
              TAIL, model, new ProbeOptions(60, 2, List.of(1000), List.of(5), 10), workers);
      pools.refresh(model, 1, 1, workers);
      report = probe.measure(pools);
      softmax = probe.softmax(false);
    }

    assertThat(report.givenPool()).isTrue();
    assertThat(report.gradients()).isEmpty();
    // As a law, a pool of so many draws is off by what so many draws are.
    double surplus = 50 / (2 * 20_000.0);
    assertThat(report.divergence().mean()).isBetween(0.7 * surplus, 1.3 * surplus);
    assertThat(report.law()).containsExactly(softmax, within(0.002));
  }
}
