package dev.tamis.method;

import dev.tamis.config.Version;
import dev.tamis.data.Interactions;
import dev.tamis.train.Run;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What decides the result of a run, in one line: checkpoints of runs that differ in it do not mix.
 */
final class Identity {
  private Identity() {}

  /** Words without spaces, most of them {@code name=value}: a message tells those that differ. */
  static String of(String method, SortedMap<String, String> options, Interactions train, Run run) {
    String validation =
        run.validation()
            .map(
                v ->
                    "metric="
                        + v.metric()
                        + " valid-every="
                        + v.everyEpochs()
                        + " patience="
                        + v.patience()
                        + " validation-data="
                        + v.heldOut().target().fingerprint()
                        + " validation-input="
                        + v.heldOut().input().fingerprint()
                        + " validation-unreachable="
                        + Arrays.hashCode(v.heldOut().unreachable()))
            .orElse("no-validation");
    return "tamis "
        + Version.current()
        + " "
        + method
        + " "
        + options.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "))
        + " seed="
        + run.seed()
        + " shards="
        + run.shards()
        + " data="
        + train.fingerprint()
        + " "
        + validation;
  }
}
