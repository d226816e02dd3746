package dev.tamis.lab.compare;

import dev.tamis.kernels.Workers;
import dev.tamis.lab.statistics.Bootstrap;
import dev.tamis.lab.statistics.Detectable;
import dev.tamis.lab.statistics.Holm;
import dev.tamis.lab.statistics.SignFlips;
import dev.tamis.lab.statistics.UsersAndSeeds;
import dev.tamis.lab.statistics.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The pairs that were asked for, tested on the deciding metric. */
record PairTests(
    List<Contender> contenders, Question question, Bootstrap bootstrap, Workers workers) {
  private static final int LEAST_ROUNDS = 10_000;

  /**
   * @param columns [contenders x width][users] values, averaged over seeds
   * @param deciding which of the {@code width} columns of a contender is the deciding metric's
   */
  List<Pair> run(double[][] columns, int width, int deciding) {
    double[][] values = new double[contenders.size()][];
    Arrays.setAll(values, c -> columns[c * width + deciding]);
    List<int[]> asked = asked(values);
    if (asked.isEmpty()) {
      return List.of();
    }
    // Enough rounds that the least p-value there can be is found even after the correction.
    int rounds = Math.max(LEAST_ROUNDS, 100 * asked.size());
    SignFlips flips = new SignFlips(values, rounds, question.seed(), workers);
    int n = asked.size();
    double[] flipsP = new double[n];
    double[] larger = new double[n];
    List<double[]> differences = new ArrayList<>();
    List<Optional<UsersAndSeeds>> both = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int a = asked.get(i)[0];
      int b = asked.get(i)[1];
      differences.add(Values.difference(values[a], values[b]));
      both.add(ofBoth(contenders.get(a), contenders.get(b)));
      flipsP[i] = flips.pValue(a, b, differences.get(i));
      larger[i] = Math.max(flipsP[i], both.get(i).map(UsersAndSeeds::pValue).orElse(0.0));
    }
    double[] corrected = Holm.corrected(larger);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int a = asked.get(i)[0];
      int b = asked.get(i)[1];
      double[] difference = differences.get(i);
      pairs.add(
          new Pair(
              contenders.get(a).name(),
              contenders.get(b).name(),
              Values.mean(difference),
              bootstrap.ofDifference(
                  a * width + deciding, b * width + deciding, difference, Question.CONFIDENCE),
              (int) Arrays.stream(difference).filter(d -> d > 0).count(),
              (int) Arrays.stream(difference).filter(d -> d < 0).count(),
              flipsP[i],
              both.get(i),
              corrected[i],
              detectable(difference, both.get(i), n)));
    }
    return pairs;
  }

  /** Numbers of contenders, two a pair: the higher mean first, or all less the one asked for. */
  private List<int[]> asked(double[][] values) {
    List<Integer> ranked = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      ranked.add(c);
    }
    ranked.sort((a, b) -> Double.compare(Values.mean(values[b]), Values.mean(values[a])));
    String against = question.against().orElse(null);
    List<int[]> asked = new ArrayList<>();
    for (int a : ranked) {
      for (int b : ranked) {
        boolean wanted =
            against == null
                ? ranked.indexOf(a) < ranked.indexOf(b)
                : a != b && contenders.get(b).name().equals(against);
        if (wanted) {
          asked.add(new int[] {a, b});
        }
      }
    }
    return asked;
  }

  private Optional<UsersAndSeeds> ofBoth(Contender a, Contender b) {
    return a.trials().size() < 2 || b.trials().size() < 2
        ? Optional.empty()
        : Optional.of(UsersAndSeeds.of(a.values(question.metric()), b.values(question.metric())));
  }

  private static OptionalDouble detectable(
      double[] difference, Optional<UsersAndSeeds> both, int tests) {
    double level = Question.LEVEL / tests;
    double error =
        both.map(UsersAndSeeds::standardError)
            .orElse(Values.deviation(difference) / StrictMath.sqrt(difference.length));
    double freedom =
        both.map(UsersAndSeeds::freedom).orElse((double) Math.max(1, difference.length - 1));
    // Of n differences of one sign, two of the 2^n ways to flip signs are as far from 0.
    boolean couldBeFound = StrictMath.pow(2, 1 - difference.length) < level && error > 0;
    return couldBeFound
        ? OptionalDouble.of(Detectable.difference(error, freedom, level, Question.POWER))
        : OptionalDouble.empty();
  }
}
