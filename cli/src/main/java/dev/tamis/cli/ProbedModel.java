package dev.tamis.cli;

import dev.tamis.eval.samplers.SamplerReport;
import dev.tamis.eval.samplers.SamplerTimes;
import dev.tamis.method.Sampler;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What was measured of samplers on one model.
 *
 * @param directory where the model is, as given
 * @param method what trained it
 * @param epochs how many epochs it was trained for
 * @param fingerprint of its training data
 * @param users how many users were looked at
 * @param allUsers how many there are
 * @param items how many items there are
 * @param curveItems [points] how many items each point of a cumulative curve has
 * @param softmaxOfUnseen [points] the curve of the softmax over the items that a user has not
 * @param softmaxOfAll [points] the curve of that over all items, if a sampler is compared with it
 * @param samplers in the order in which they are shown
 */
record ProbedModel(
    String directory,
    String method,
    int epochs,
    String fingerprint,
    int users,
    int allUsers,
    int items,
    int[] curveItems,
    double[] softmaxOfUnseen,
    Optional<double[]> softmaxOfAll,
    List<Probed> samplers) {
  /**
   * What was measured of one sampler.
   *
   * @param options what could be set of it, with its value
   * @param times by the clock, unless that was not wanted
   */
  record Probed(
      Sampler sampler,
      SortedMap<String, String> options,
      SamplerReport report,
      Optional<SamplerTimes> times) {}

  /** A name for headings. */
  String title() {
    return directory
        + ": "
        + method
        + (epochs > 0 ? ", " + epochs + (epochs == 1 ? " epoch" : " epochs") : "");
  }
}
