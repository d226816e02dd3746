package dev.tamis.method;

import dev.tamis.config.Version;
import dev.tamis.data.Interactions;
import dev.tamis.train.Run;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * What decides the result of a run, in one line: checkpoints of runs that differ in it do not mix.
 */
final class Identity {
  private Identity() {}

  static String of(String method, SortedMap<String, String> options, Interactions train, Run run) {
    String validation =
        run.validation()
            .map(
                v ->
                    v.metric()
                        + " every "
                        + v.everyEpochs()
                        + " patience "
                        + v.patience()
                        + " on "
                        + v.heldOut().target().fingerprint()
                        + " given "
                        + v.heldOut().input().fingerprint()
                        + " unreachable "
                        + Arrays.hashCode(v.heldOut().unreachable()))
            .orElse("none");
    return "tamis "
        + Version.current()
        + " "
        + method
        + " "
        + options
        + " seed "
        + run.seed()
        + " shards "
        + run.shards()
        + " data "
        + train.fingerprint()
        + " validation "
        + validation;
  }
}
