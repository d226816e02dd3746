package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingListener;
import java.lang.management.ManagementFactory;

/** What is held on the heap when the last step of an epoch is done. */
final class HeldBytes implements TrainingListener {
  private long atLastStep;

  private HeldBytes() {}

  @Override
  public void stepDone(int epoch, long step, long stepsPerEpoch) {
    if (step == stepsPerEpoch) {
      atLastStep = now();
    }
  }

  private static long now() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /**
   * The plan counts what training holds, to a factor of 1.35; what it calls "about" may be far too
   * much.
   */
  static void assertPlanned(Method<?> method, Settings settings, Interactions train) {
    Run run = Run.seeded(1).withThreads(1);
    SmallRuns.fit(method, settings, SmallData.longTailed(200, 150, 8, 1), run); // loads the classes
    HeldBytes held = new HeldBytes();
    long before = now();
    TrainedModel trained = SmallRuns.fit(method, settings, train, run.withListener(held));
    long bytes = (held.atLastStep > 0 ? held.atLastStep : now()) - before;
    MemoryPlan plan = SmallRuns.plan(method, settings, train, run);

    assertThat(trained.model().itemCount())
        .as("keeps the model alive")
        .isEqualTo(train.itemCount());
    long about = plan.parts().getOrDefault("weights, about", 0L);
    assertThat(plan.total())
        .as("%s against %d bytes", plan.parts(), bytes)
        .isPositive()
        .isBetween((long) ((bytes - 5e4) / 1.35), (long) ((bytes + about) * 1.35 + 2e5));
  }
}
