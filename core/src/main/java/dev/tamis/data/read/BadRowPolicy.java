package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What to do with a row that cannot be used. Damage that hides where rows end (an open quote, a
 * field over the limit, broken gzip) always stops the reading.
 *
 * @param action stop, leave the row out, or leave it out and keep it in a file
 * @param file where rows go for {@link Action#QUARANTINE}
 * @param cap how many bad rows are put up with; one more stops the reading
 */
public record BadRowPolicy(Action action, Optional<Path> file, long cap) {
  /** What happens to a bad row. */
  public enum Action {
    FAIL,
    SKIP,
    QUARANTINE
  }

  public BadRowPolicy {
    Objects.requireNonNull(action);
    if (file.isPresent() != (action == Action.QUARANTINE)) {
      throw TamisException.usage("a quarantine file goes with on-bad-row quarantine, and only so");
    }
    if (action == Action.FAIL ? cap != 0 : cap < 1) {
      throw TamisException.usage(
          "the cap on bad rows is " + cap + "; it must be at least 1, and is not given with fail");
    }
  }

  /** The first bad row stops the reading. */
  public static BadRowPolicy fail() {
    return new BadRowPolicy(Action.FAIL, Optional.empty(), 0);
  }

  /** Bad rows are left out and counted, up to a cap. */
  public static BadRowPolicy skip(long cap) {
    return new BadRowPolicy(Action.SKIP, Optional.empty(), cap);
  }

  /**
   * Bad rows are left out, counted and written to a file, up to a cap. Each line of the file is the
   * line number, a tab, the reason, a tab, and the row.
   */
  public static BadRowPolicy quarantine(Path file, long cap) {
    return new BadRowPolicy(Action.QUARANTINE, Optional.of(file), cap);
  }
}
