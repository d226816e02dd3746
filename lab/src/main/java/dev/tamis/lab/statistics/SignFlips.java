package dev.tamis.lab.statistics;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.Arrays;

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
    int blocks = (rounds + Long.SIZE - 1) / Long.SIZE;
    double[][][] blockSums = new double[workers.threads()][columns.length][Long.SIZE];
    double[][] signs = new double[workers.threads()][Long.SIZE];
    workers.run(
        blocks,
        (block, worker) -> {
          double[] sign = signs[worker];
          double[][] sum = blockSums[worker];
          for (double[] ofColumn : sum) {
            Arrays.fill(ofColumn, 0);
          }
          Rng rng = Rng.keyed(seed, Stream.SIGN_FLIPS, block, 0);
          for (int u = 0; u < users; u++) {
            long coins = rng.nextLong(); // of one user in as many rounds
            for (int r = 0; r < Long.SIZE; r++) {
              sign[r] = 1 - 2 * (coins >>> r & 1);
            }
            for (int c = 0; c < columns.length; c++) {
              add(sum[c], columns[c][u], sign);
            }
          }
          int first = block * Long.SIZE;
          for (int c = 0; c < columns.length; c++) {
            System.arraycopy(sum[c], 0, sums[c], first, Math.min(Long.SIZE, rounds - first));
          }
        });
  }

  private static void add(double[] sums, double value, double[] signs) {
    for (int r = 0; r < signs.length; r++) {
      sums[r] += value * signs[r];
    }
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
