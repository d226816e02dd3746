package dev.tamis.eval.samplers;

import dev.tamis.sample.Proposal;
import java.util.ArrayList;
import java.util.List;

/** What was found for each user; threads write the places of different users. */
final class UserFindings {
  final double[] divergence; // [users]
  final double[][] drawnDivergence; // [numbers of draws x users]
  final double[] surplus; // [users] of one draw
  final double[] trials; // [users]
  final double[][] law; // [users x points]
  final double[][] drawn; // [users x points]
  final double[][] gradientLength; // [sizes x users] squared, of the exact one
  final double[][] gradientError; // [sizes x users] squared, of the mean of estimates
  final double[][] gradientVariance; // [sizes x users] of one estimate

  UserFindings(int users, ProbeOptions options) {
    int sizes = options.sizes().size();
    divergence = new double[users];
    drawnDivergence = new double[options.draws().size()][users];
    surplus = new double[users];
    trials = new double[users];
    law = new double[users][];
    drawn = new double[users][];
    gradientLength = new double[sizes][users];
    gradientError = new double[sizes][users];
    gradientVariance = new double[sizes][users];
  }

  /** Whether the law of a proposal is that of the pools which users have just now. */
  static boolean ofPools(Proposal proposal) {
    return proposal.needsUsers() && !proposal.exactLogQ();
  }

  SamplerReport report(Proposal proposal, ProbeOptions options) {
    List<GradientError> gradients = new ArrayList<>();
    for (int s = 0; s < gradientLength.length && !ofPools(proposal); s++) {
      gradients.add(
          GradientError.of(
              options.sizes().get(s),
              gradientLength[s],
              gradientError[s],
              gradientVariance[s],
              options.replicates()));
    }
    double ofOne = Spread.of(surplus).mean();
    List<DrawnDivergence> drawnDivergences = new ArrayList<>();
    for (int n = 0; n < drawnDivergence.length; n++) {
      int draws = options.draws().get(n);
      drawnDivergences.add(new DrawnDivergence(draws, drawnDivergence[n], ofOne / draws));
    }
    return new SamplerReport(
        proposal.drawsPositives(),
        ofPools(proposal),
        divergence,
        drawnDivergences,
        Spread.of(trials),
        CumulativeCurve.mean(law),
        CumulativeCurve.mean(drawn),
        gradients);
  }
}
