package dev.tamis.lab;

import dev.tamis.eval.Evaluation;
import dev.tamis.eval.PopularitySlices;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a trial found; a function of its {@link TrialKey} alone.
 *
 * @param epochs after how many epochs the model was kept; 0 for methods without
 * @param modelBytes the bytes of the model's parameters
 * @param curve the epochs in the order in which they were trained
 * @param notes remarks made during training, and why it stopped early
 * @param validation the metrics of the model that was kept, on the validation data; empty without
 *     validation
 * @param evaluation on the test data, with the values of every user; empty without test data
 * @param popularity recall on the test data by how popular items are, see {@link
 *     Protocol#cutOff()}; empty without test data
 */
public record TrialResult(
    int epochs,
    long modelBytes,
    List<Epoch> curve,
    List<String> notes,
    Optional<SortedMap<String, Double>> validation,
    Optional<Evaluation> evaluation,
    List<PopularitySlices.Slice> popularity) {
  public TrialResult {
    curve = List.copyOf(curve);
    notes = List.copyOf(notes);
    popularity = List.copyOf(popularity);
  }

  /**
   * An epoch of training.
   *
   * @param phase which training it belongs to, from 1: a method may train several models, one after
   *     another, of which the last is the one that counts
   * @param epoch its number, from 1
   * @param loss its mean loss
   * @param validation the metrics after it; empty where nothing was measured
   */
  public record Epoch(int phase, int epoch, double loss, SortedMap<String, Double> validation) {}

  /**
   * The metrics of the validation that the model was chosen by.
   *
   * @param curve all epochs
   * @param epochs after how many of the last phase the model was kept
   * @return empty where nothing was measured then
   */
  static Optional<SortedMap<String, Double>> chosenBy(List<Epoch> curve, int epochs) {
    int last = phases(curve);
    return curve.stream()
        .filter(e -> e.phase() == last && e.epoch() == epochs && !e.validation().isEmpty())
        .map(Epoch::validation)
        .findFirst();
  }

  /** How many models were trained, one after another; 0 for methods without epochs. */
  public int phases() {
    return phases(curve);
  }

  private static int phases(List<Epoch> curve) {
    return curve.isEmpty() ? 0 : curve.get(curve.size() - 1).phase();
  }
}
