package dev.tamis.lab.reproduce;

import dev.tamis.data.Interactions;
import dev.tamis.eval.ActivitySlices;
import dev.tamis.eval.PerUserValues;
import dev.tamis.kernels.Workers;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.statistics.Holm;
import dev.tamis.lab.statistics.SignFlips;
import dev.tamis.lab.statistics.UsersAndSeeds;
import dev.tamis.lab.statistics.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the lines of a figure do for users of about the same activity, as figure 3 of Mult-VAE's
 * paper has it. Each user's value is first averaged over the seeds.
 *
 * @param fewest the fewest known items of any of these users, {@code most} the most
 * @param users how many they are
 * @param estimates of each line
 * @param tests of the first line against each other
 */
record ActivityPart(int fewest, int most, int users, List<Estimate> estimates, List<Test> tests) {
  private static final int ROUNDS = 10_000;
  private static final long COINS = 1; // the seed of the coins

  /**
   * One line.
   *
   * @param standardError of the mean, over users
   */
  record Estimate(String label, double mean, double standardError) {}

  /**
   * A paired test of two lines over these users.
   *
   * @param difference the mean of the first less that of the second
   * @param flipsP by sign flips over users
   * @param bothP by the t test over users and seeds, where there are two seeds or more
   * @param corrected the larger of the two after Holm, over all tests of the figure
   */
  record Test(
      String a,
      String b,
      double difference,
      double flipsP,
      Optional<Double> bothP,
      double corrected) {
    /** As the paper marks it: * for 5%, ** for 1%, *** for 0.1%. */
    String stars() {
      return corrected < 0.001 ? "***" : corrected < 0.01 ? "**" : corrected < 0.05 ? "*" : "";
    }

    private double larger() {
      return Math.max(flipsP, bothP.orElse(0.0));
    }

    private Test corrected(double p) {
      return new Test(a, b, difference, flipsP, bothP, p);
    }
  }

  /**
   * The parts, the least active users first.
   *
   * @param lines those that were run, the others are passed over
   * @param metric has a value a user
   * @param known what is known of the users
   */
  static List<ActivityPart> of(List<ReproducedLine> lines, String metric, Interactions known) {
    List<ReproducedLine> run = lines.stream().filter(line -> !line.trials().isEmpty()).toList();
    if (run.isEmpty()) {
      return List.of();
    }
    List<double[][]> values = run.stream().map(line -> values(line, metric)).toList();
    int[] users = perUser(run.get(0), 0).users();
    PerUserValues first =
        PerUserValues.of(users, List.of(metric), new double[][] {values.get(0)[0]});
    List<ActivityPart> parts = new ArrayList<>();
    for (ActivitySlices.Slice slice : ActivitySlices.of(first, known, Protocol.SLICES)) {
      int[] members =
          IntStream.range(0, users.length)
              .filter(u -> known.degree(users[u]) >= slice.fewest())
              .filter(u -> known.degree(users[u]) <= slice.most())
              .toArray();
      parts.add(of(run, values, members, slice));
    }
    return corrected(parts);
  }

  private static ActivityPart of(
      List<ReproducedLine> run,
      List<double[][]> values,
      int[] members,
      ActivitySlices.Slice slice) {
    List<double[][]> bySeed = values.stream().map(all -> of(all, members)).toList();
    double[][] columns = bySeed.stream().map(Values::meanOf).toArray(double[][]::new);
    List<String> labels = run.stream().map(line -> line.line().label()).toList();
    List<Estimate> estimates = new ArrayList<>();
    for (int l = 0; l < columns.length; l++) {
      double error = Values.deviation(columns[l]) / StrictMath.sqrt(members.length);
      estimates.add(new Estimate(labels.get(l), Values.mean(columns[l]), error));
    }
    List<Test> tests = run.size() < 2 ? List.of() : tests(labels, bySeed, columns);
    return new ActivityPart(slice.fewest(), slice.most(), members.length, estimates, tests);
  }

  private static List<Test> tests(
      List<String> labels, List<double[][]> bySeed, double[][] columns) {
    List<Test> tests = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      SignFlips flips = new SignFlips(columns, ROUNDS, COINS, workers);
      for (int l = 1; l < columns.length; l++) {
        double[] differences = Values.difference(columns[0], columns[l]);
        boolean seeds = bySeed.get(0).length > 1 && bySeed.get(l).length > 1;
        tests.add(
            new Test(
                labels.get(0),
                labels.get(l),
                Values.mean(differences),
                flips.pValue(0, l, differences),
                seeds
                    ? Optional.of(UsersAndSeeds.of(bySeed.get(0), bySeed.get(l)).pValue())
                    : Optional.empty(),
                1));
      }
    }
    return tests;
  }

  private static List<ActivityPart> corrected(List<ActivityPart> parts) {
    double[] larger =
        parts.stream().flatMap(part -> part.tests.stream()).mapToDouble(Test::larger).toArray();
    double[] corrected = Holm.corrected(larger);
    List<ActivityPart> all = new ArrayList<>();
    int next = 0;
    for (ActivityPart part : parts) {
      List<Test> tests = new ArrayList<>();
      for (Test test : part.tests) {
        tests.add(test.corrected(corrected[next++]));
      }
      all.add(new ActivityPart(part.fewest, part.most, part.users, part.estimates, tests));
    }
    return all;
  }

  /** [seeds x users] */
  private static double[][] values(ReproducedLine line, String metric) {
    return IntStream.range(0, line.trials().size())
        .mapToObj(seed -> perUser(line, seed).of(metric))
        .toArray(double[][]::new);
  }

  private static PerUserValues perUser(ReproducedLine line, int seed) {
    return line.trials().get(seed).result().evaluation().orElseThrow().perUser();
  }

  /** [seeds x members] */
  private static double[][] of(double[][] all, int[] members) {
    double[][] some = new double[all.length][members.length];
    for (int seed = 0; seed < all.length; seed++) {
      for (int m = 0; m < members.length; m++) {
        some[seed][m] = all[seed][members[m]];
      }
    }
    return some;
  }

  /** Their known items as a text. */
  String items() {
    return fewest == most ? Integer.toString(fewest) : fewest + "-" + most;
  }
}
