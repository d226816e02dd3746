package dev.tamis.eval.samplers;

import dev.tamis.sample.Proposal;
import java.util.ArrayList;
import java.util.List;

/** What was found for each user; threads write the places of different users. */
final class UserFindings {
  final double[] divergence; // [users]
  final double[] drawnDivergence; // [users]
  final double[] surplus; // [users]
  final double[] trials; // [users]
  final double[][] law; // [users x points]
  final double[][] drawn; // [users x points]
  final double[][] gradientLength; // [sizes x users] squared, of the exact one
  final double[][] gradientError; // [sizes x users] squared, of the mean of estimates
  final double[][] gradientVariance; // [sizes x users] of one estimate

  UserFindings(int users, int sizes) {
    divergence = new double[users];
    drawnDivergence = new double[users];
    surplus = new double[users];
    trials = new double[users];
    law = new double[users][];
    drawn = new double[users][];
    gradientLength = new double[sizes][users];
    gradientError = new double[sizes][users];
    gradientVariance = new double[sizes][users];
  }

  SamplerReport report(Proposal proposal, ProbeOptions options) {
    List<GradientError> gradients = new ArrayList<>();
    for (int s = 0; s < gradientLength.length && proposal.exactLogQ(); s++) {
      gradients.add(
          GradientError.of(
              options.sizes().get(s),
              gradientLength[s],
              gradientError[s],
              gradientVariance[s],
              options.replicates()));
    }
    return new SamplerReport(
        proposal.drawsPositives(),
        !proposal.exactLogQ(),
        Spread.of(divergence),
        Spread.of(drawnDivergence),
        Spread.of(surplus).mean(),
        Spread.of(trials),
        CumulativeCurve.mean(law),
        CumulativeCurve.mean(drawn),
        gradients);
  }
}
