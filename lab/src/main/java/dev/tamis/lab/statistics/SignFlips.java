package dev.tamis.lab.statistics;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;

/**
 * The permutation test for paired values: were two methods alike, each user's values could as well
 * have come the other way round, so the sign of each difference is flipped by a coin, again and
 * again. The coins of a round are the same for all columns. Exact where the two are exchangeable
 * for each user; where only their means are equal, right in the limit of many users. The unit of
 * inference is the user, for models as they were fitted. Cost O(rounds x users x columns).
 */
public final class SignFlips {
  private static final double SLACK = 1e-9;

  private final int rounds;
  private final double[][] sums; // [columns x rounds] of values with signs

  /**
   * Throws the coins.
   *
   * @param columns [columns x users] values of the same users in the same order
   * @param rounds how often; no p-value is below {@code 1 / (rounds + 1)}
   */
  public SignFlips(double[][] columns, int rounds, long seed, Workers workers) {
    int users = columns[0].length;
    this.rounds = rounds;
    this.sums = new double[columns.length][rounds];
    double[][] signs = new double[workers.threads()][users];
    workers.run(
        rounds,
        (round, worker) -> {
          double[] sign = signs[worker];
          Rng rng = Rng.keyed(seed, Stream.SIGN_FLIPS, round, 0);
          for (int from = 0; from < users; from += Long.SIZE) {
            long coins = rng.nextLong();
            int to = Math.min(users, from + Long.SIZE);
            for (int u = from; u < to; u++, coins >>>= 1) {
              sign[u] = (coins & 1) == 0 ? 1 : -1;
            }
          }
          for (int c = 0; c < columns.length; c++) {
            double[] values = columns[c];
            double sum = 0;
            for (int u = 0; u < users; u++) {
              sum += sign[u] * values[u];
            }
            sums[c][round] = sum;
          }
        });
  }

  /**
   * The probability, were two columns alike, of a difference of their means at least as far from 0
   * as the one found, on either side.
   */
  public double pValue(int a, int b, double[] differences) {
    double found = StrictMath.abs(Values.mean(differences)) * differences.length;
    double size = 0;
    for (double difference : differences) {
      size += StrictMath.abs(difference);
    }
    int asFar = 0;
    for (int r = 0; r < rounds; r++) {
      // Many rounds find the same sum in another order: equal, but for the last digits.
      asFar += StrictMath.abs(sums[a][r] - sums[b][r]) >= found - SLACK * size ? 1 : 0;
    }
    return (asFar + 1.0) / (rounds + 1.0);
  }
}
