package dev.tamis.lab;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.Version;
import dev.tamis.data.HeldOut;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.eval.Evaluation;
import dev.tamis.eval.Evaluator;
import dev.tamis.eval.PopularitySlices;
import dev.tamis.eval.SampledEvaluator;
import dev.tamis.eval.SampledRows;
import dev.tamis.kernels.Workers;
import dev.tamis.method.Method;
import dev.tamis.method.Validators;
import dev.tamis.model.Table;
import dev.tamis.train.Checkpoints;
import dev.tamis.train.ListenerPair;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A method with its options and a seed, to be trained and measured under a protocol. {@link
 * TrialStore#run} runs one and keeps what it found.
 */
public final class Trial {
  private final Protocol protocol;
  private final Configured<?> configured;
  private final TrialKey key;

  /** A method with its options read, once for all, and the features if it takes any. */
  private record Configured<O extends Record>(Method<O> method, O options, SideFeatures features) {
    static <O extends Record> Configured<O> of(
        Method<O> method, Settings settings, SideFeatures features) {
      return new Configured<>(
          method, method.read(settings), method.takesFeatures() ? features : SideFeatures.NONE);
    }

    MemoryPlan plan(Protocol protocol, Run run) {
      return method.plan(protocol.data().train(), features, options, run);
    }

    TrainedModel fit(Protocol protocol, Run run) {
      return method.fit(protocol.data().train(), features, options, run);
    }

    boolean ranksUnseenUsers() {
      return method.ranksUnseenUsers(features, options);
    }
  }

  /**
   * Prepares a trial; nothing is trained yet. A method that takes no features is trained without
   * those of the data.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if options do not go together, or the
   *     method cannot rank the users that are held out
   */
  public Trial(Protocol protocol, Method<?> method, Settings settings, long seed) {
    this.protocol = protocol;
    this.configured = Configured.of(method, settings, protocol.data().features());
    this.key =
        new TrialKey(
            protocol.dataFingerprint(),
            protocol.fingerprint(),
            method.name(),
            settings.complete(method.options()),
            configured.features().isEmpty() ? "" : configured.features().fingerprint(),
            seed,
            Version.current());
    TrainingData data = protocol.data();
    String who = "method '" + method.name() + "'";
    boolean ranksUnseen = configured.ranksUnseenUsers();
    data.validation().ifPresent(h -> h.requireUsersKnownTo(who, ranksUnseen));
    data.test().ifPresent(h -> h.requireUsersKnownTo(who, ranksUnseen));
  }

  /** All that decides its result. */
  public TrialKey key() {
    return key;
  }

  /** What training would hold in memory, the data left out. */
  public MemoryPlan plan(int threads) {
    return configured.plan(protocol, protocol.run(key.seed(), threads));
  }

  /**
   * Refuses to begin what would end for want of memory.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if plan and data do not fit into the
   *     heap
   */
  void requireMemory(int threads) {
    PlannedMemory.ofHeap(plan(threads), protocol.data()).requireFit();
  }

  /**
   * Trains and measures. The result is the same to the bit on any number of threads, and whether or
   * not training was stopped on the way and went on from a checkpoint.
   *
   * @param checkpoints where training leaves its state, and takes it up again
   * @param listener is told of progress; an exception that it throws ends the trial
   * @throws dev.tamis.config.TamisException of the kinds that training and measuring have
   */
  public FinishedTrial run(int threads, Checkpoints checkpoints, TrainingListener listener) {
    LearningCurve curve = new LearningCurve(checkpoints);
    TrainedModel model =
        configured.fit(
            protocol,
            protocol
                .run(key.seed(), threads)
                .withCheckpoints(curve)
                .withListener(new ListenerPair(curve, listener)));
    double trainSeconds = curve.seconds();
    Optional<SortedMap<String, Double>> validation =
        TrialResult.chosenBy(curve.epochs(), model.epochs())
            .or(() -> validate(model, threads)); // a method without epochs measures nothing itself
    long began = System.nanoTime();
    Optional<HeldOut> test = protocol.data().test();
    Optional<PopularitySlices> slices =
        test.map(
            heldOut ->
                new PopularitySlices(
                    heldOut, protocol.data().train(), protocol.cutOff(), Protocol.SLICES));
    Optional<Evaluation> evaluation =
        protocol.negatives().isPresent()
            ? protocol.negatives().map(rows -> evaluate(model, rows, threads))
            : test.map(heldOut -> evaluate(model, heldOut, slices.orElseThrow(), threads));
    double evaluateSeconds = evaluation.isPresent() ? (System.nanoTime() - began) / 1e9 : 0;
    List<PopularitySlices.Slice> popularity = slices.map(PopularitySlices::found).orElse(List.of());
    long modelBytes = 0;
    for (Table table : model.model().tables()) {
      modelBytes += (long) Float.BYTES * table.values().length;
    }
    TrainingData data = protocol.data();
    return new FinishedTrial(
        key,
        new TrialResult(
            model.epochs(),
            modelBytes,
            curve.epochs(),
            curve.notes(),
            validation,
            evaluation,
            popularity),
        new TrialCost(
            trainSeconds,
            evaluateSeconds,
            data.trainBytes() + data.furtherBytes() + plan(threads).total(),
            threads));
  }

  private Optional<SortedMap<String, Double>> validate(TrainedModel model, int threads) {
    try (Workers workers = new Workers(threads)) {
      return Validators.of(protocol.run(key.seed(), threads), protocol.data().train(), workers)
          .map(validator -> validator.measure(model.model()));
    }
  }

  private Evaluation evaluate(TrainedModel model, SampledRows rows, int threads) {
    try (Workers workers = new Workers(threads)) {
      int[] cutOff = {protocol.cutOff()};
      return new SampledEvaluator(protocol.data().train(), rows, cutOff, workers)
          .evaluate(model.model());
    }
  }

  private Evaluation evaluate(
      TrainedModel model, HeldOut test, PopularitySlices slices, int threads) {
    try (Workers workers = new Workers(threads)) {
      return Evaluator.with(slices, test, protocol.data().train(), protocol.metrics(), workers)
          .evaluate(model.model());
    }
  }
}
