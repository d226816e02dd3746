package dev.tamis.cli;

import dev.tamis.eval.samplers.SamplerReport;
import dev.tamis.eval.samplers.SamplerTimes;
import dev.tamis.method.sampler.Sampler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What was measured of samplers on one model.
 *
 * @param directory where the model is, as given
 * @param method what trained it
 * @param untrained whether its vectors were drawn anew at random
 * @param epochs how many epochs it was trained for
 * @param fingerprint of its training data
 * @param users how many users were looked at
 * @param allUsers how many there are
 * @param items how many items there are
 * @param curveItems [points] how many items each point of a cumulative curve has
 * @param softmaxOfUnseen [points] the curve of the softmax over the items that a user has not
 * @param softmaxOfAll [points] the curve of that over all items, if a sampler is compared with it
 * @param samplers in the order in which they are shown
 * @param sweep the same by the values of an option, if that was asked for
 */
record ProbedModel(
    String directory,
    String method,
    boolean untrained,
    int epochs,
    String fingerprint,
    int users,
    int allUsers,
    int items,
    int[] curveItems,
    double[] softmaxOfUnseen,
    Optional<double[]> softmaxOfAll,
    List<Probed> samplers,
    Optional<Swept> sweep) {
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

  /**
   * What was measured of samplers by the values of an option.
   *
   * @param option its name
   * @param values in the order given
   * @param samplers those that have it, each with a measurement a value; empty where it could not
   *     be made with that value
   */
  record Swept(String option, List<String> values, Map<String, List<Optional<Probed>>> samplers) {}

  /** A name for headings. */
  String title() {
    String trained = epochs > 0 ? ", " + epochs + (epochs == 1 ? " epoch" : " epochs") : "";
    return directory + ": " + method + (untrained ? ", not trained" : trained);
  }
}
