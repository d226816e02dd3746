package dev.tamis.train;

import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.rank.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two that are trained in turn: rounds of some epochs of the first, then some of the second, whose
 * model is the one that is measured. Their tables may have the same names. They are not told of
 * measurements.
 */
public final class AlternatingTrainee implements Trainee {
  private final Part first;
  private final Part second;

  /**
   * One of the two.
   *
   * @param name begins the names of its tables and its state
   * @param trainee sees the epochs of both counted through
   * @param epochs of a round, at least 1
   */
  public record Part(String name, Trainee trainee, int epochs) {
    private List<TableUpdates> updates() {
      List<TableUpdates> named = new ArrayList<>();
      for (TableUpdates update : trainee.updates()) {
        Table table = update.table();
        Table same =
            new Table(name + "-" + table.name(), table.rows(), table.width(), table.values());
        named.add(new TableUpdates(same, update.updater()));
      }
      return named;
    }
  }

  public AlternatingTrainee(Part first, Part second) {
    this.first = first;
    this.second = second;
  }

  private Trainee of(int epoch) {
    return movesScorer(epoch) ? second.trainee() : first.trainee();
  }

  @Override
  public boolean movesScorer(int epoch) {
    return epoch % (first.epochs() + second.epochs()) >= first.epochs();
  }

  @Override
  public long stepsPerEpoch() {
    return Math.max(first.trainee().stepsPerEpoch(), second.trainee().stepsPerEpoch());
  }

  @Override
  public long stepsIn(int epoch) {
    return of(epoch).stepsPerEpoch();
  }

  @Override
  public void beginEpoch(long seed, int epoch) {
    of(epoch).beginEpoch(seed, epoch);
  }

  @Override
  public double step(long inEpoch, double rate, Pass pass) {
    return of(pass.epoch()).step(inEpoch, rate, pass);
  }

  @Override
  public Scorer scorer() {
    return second.trainee().scorer();
  }

  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>(first.updates());
    all.addAll(second.updates());
    return all;
  }

  @Override
  public SortedMap<String, Object> state() {
    SortedMap<String, Object> all = new TreeMap<>();
    for (Part part : List.of(first, second)) {
      part.trainee().state().forEach((name, array) -> all.put(part.name() + "-" + name, array));
    }
    return all;
  }
}
