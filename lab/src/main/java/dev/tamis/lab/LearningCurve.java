package dev.tamis.lab;

import dev.tamis.train.Checkpoints;
import dev.tamis.train.TrainingListener;
import dev.tamis.train.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Hears how training goes, and keeps the epochs. What was heard goes into every checkpoint beside
 * the state of training, so that a run that goes on has the curve of one that was never stopped.
 */
final class LearningCurve implements TrainingListener, Checkpoints {
  private static final String PREFIX = "trial/";

  private final Checkpoints checkpoints;
  private final List<TrialResult.Epoch> epochs = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int phase;
  private boolean goesOn; // a checkpoint was taken up, and its training has not started yet
  private double secondsBefore; // of the runs that this one goes on from
  private final long began = System.nanoTime();

  LearningCurve(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
  }

  List<TrialResult.Epoch> epochs() {
    return epochs;
  }

  List<String> notes() {
    return notes;
  }

  /** How long training has taken so far, that of the runs before included. */
  double seconds() {
    return secondsBefore + (System.nanoTime() - began) / 1e9;
  }

  @Override
  public void started(String method, int firstEpoch, int all, long stepsPerEpoch) {
    if (!goesOn || firstEpoch == 0) {
      phase++;
    }
    goesOn = false;
  }

  @Override
  public void epochDone(int epoch, double loss, SortedMap<String, Double> validation) {
    epochs.add(new TrialResult.Epoch(phase, epoch, loss, new TreeMap<>(validation)));
  }

  @Override
  public void stoppedEarly(int epoch, String reason) {
    keep("stopped after epoch " + epoch + ": " + reason);
  }

  @Override
  public void note(String message) {
    keep(message);
  }

  private void keep(String note) {
    if (!notes.contains(note)) { // a run that goes on may say again what it said at first
      notes.add(note);
    }
  }

  @Override
  public Optional<TrainingState> latest(String identity) {
    Optional<TrainingState> state = checkpoints.latest(identity);
    state.ifPresent(
        kept -> {
          epochs.clear();
          epochs.addAll(read(kept, PREFIX));
          List<String> said = readNotes(kept, PREFIX);
          said.addAll(notes);
          notes.clear();
          said.forEach(this::keep);
          phase = kept.ints(PREFIX + "phase")[0];
          secondsBefore = kept.doubles(PREFIX + "seconds")[0];
          goesOn = true;
        });
    return state;
  }

  @Override
  public boolean due() {
    return checkpoints.due();
  }

  @Override
  public void write(String identity, int epoch, TrainingState state) {
    write(state, PREFIX, epochs, notes);
    state.put(PREFIX + "phase", new int[] {phase});
    state.put(PREFIX + "seconds", new double[] {seconds()});
    checkpoints.write(identity, epoch, state);
  }

  /** Puts epochs and notes into a state, under names that begin alike. */
  static void write(
      TrainingState state, String prefix, List<TrialResult.Epoch> epochs, List<String> notes) {
    state.put(prefix + "phases", epochs.stream().mapToInt(TrialResult.Epoch::phase).toArray());
    state.put(prefix + "epochs", epochs.stream().mapToInt(TrialResult.Epoch::epoch).toArray());
    state.put(prefix + "losses", epochs.stream().mapToDouble(TrialResult.Epoch::loss).toArray());
    state.put(prefix + "measured", epochs.stream().mapToInt(e -> e.validation().size()).toArray());
    state.put(
        prefix + "measures",
        String.join("\n", epochs.stream().flatMap(e -> e.validation().keySet().stream()).toList()));
    state.put(
        prefix + "values",
        epochs.stream()
            .flatMap(e -> e.validation().values().stream())
            .mapToDouble(Double::doubleValue)
            .toArray());
    state.put(prefix + "notes", String.join("\n", notes));
  }

  /** The epochs of a state. */
  static List<TrialResult.Epoch> read(TrainingState state, String prefix) {
    int[] phases = state.ints(prefix + "phases");
    int[] numbers = state.ints(prefix + "epochs");
    double[] losses = state.doubles(prefix + "losses");
    int[] measured = state.ints(prefix + "measured");
    String[] names = state.text(prefix + "measures").split("\n");
    double[] values = state.doubles(prefix + "values");
    List<TrialResult.Epoch> epochs = new ArrayList<>();
    int at = 0;
    for (int e = 0; e < numbers.length; e++) {
      SortedMap<String, Double> validation = new TreeMap<>();
      for (int i = 0; i < measured[e]; i++, at++) {
        validation.put(names[at], values[at]);
      }
      epochs.add(new TrialResult.Epoch(phases[e], numbers[e], losses[e], validation));
    }
    return epochs;
  }

  /** The notes of a state. */
  static List<String> readNotes(TrainingState state, String prefix) {
    String text = state.text(prefix + "notes");
    return new ArrayList<>(text.isEmpty() ? List.of() : List.of(text.split("\n")));
  }
}
